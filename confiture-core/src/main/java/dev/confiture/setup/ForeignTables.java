package dev.confiture.setup;

import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One foreign table in {@code old_schema} for every table of the source, partitioned ones by their
 * root alone. Each bears the fingerprint of its columns, by which the next setup sees whether the
 * source has changed.
 *
 * <p>IMPORT FOREIGN SCHEMA would be shorter, but one column whose type or collation the target does
 * not know fails the import as a whole, and two source schemas with a table of the same name could
 * not share one schema.
 */
final class ForeignTables implements FootprintObject {
    /** Every table that is made or dropped holds a lock until the transaction ends. */
    private static final int TABLES_PER_TRANSACTION = 200;

    private static Map<String, String> present(Session target) {
        Map<String, String> present = new TreeMap<>();
        target.query(
                SqlText.named("setup/list_foreign_tables"),
                row -> present.put(row.text(1), row.text(2)),
                ForeignTableName.SCHEMA,
                ForeignServer.NAME,
                Mark.TEXT);
        return present;
    }

    static int count(Session target) {
        return present(target).size();
    }

    @Override
    public boolean exists(Session target) {
        return !present(target).isEmpty();
    }

    @Override
    public List<Step> create(Session target, SourceLink source) {
        Map<String, String> present = present(target);
        ForeignTableDefinition definition = ForeignTableDefinition.between(source, target);
        List<Table> changed = new ArrayList<>();
        Set<String> stale = new HashSet<>(present.keySet());
        for (Table table : source.catalog().tables().values()) {
            String name = ForeignTableName.of(table.name()).name();
            stale.remove(name);
            if (!definition.comment(table).equals(present.get(name))) {
                changed.add(table);
            }
        }
        dropAll(target, List.copyOf(stale));
        for (List<Table> batch : batches(changed)) {
            target.inTransaction(
                    () -> {
                        batch.forEach(table -> create(target, definition, table, present));
                        return batch;
                    });
        }
        return steps(source.catalog().tables().size(), changed.size(), stale);
    }

    private static void create(
            Session target,
            ForeignTableDefinition definition,
            Table table,
            Map<String, String> present) {
        TableName name = ForeignTableName.of(table.name());
        if (present.containsKey(name.name())) {
            drop(target, name.name());
        }
        target.execute(definition.createStatement(table));
        target.execute(
                "COMMENT ON FOREIGN TABLE "
                        + name.quoted()
                        + " IS "
                        + Literal.quote(definition.comment(table)));
    }

    private static List<Step> steps(int tables, int changed, Set<String> stale) {
        List<Step> steps = new ArrayList<>();
        String where = " in " + ForeignTableName.SCHEMA;
        if (changed > 0) {
            steps.add(Step.made(counted(changed) + where));
        }
        if (tables > changed) {
            steps.add(Step.kept(counted(tables - changed) + where));
        }
        stale.forEach(name -> steps.add(Step.removed(display(name))));
        return steps;
    }

    private static String counted(int tables) {
        return tables == 1 ? "1 foreign table" : tables + " foreign tables";
    }

    private static String display(String name) {
        return "foreign table " + ForeignTableName.SCHEMA + "." + name;
    }

    @Override
    public List<Step> drop(Session target) {
        List<String> names = List.copyOf(present(target).keySet());
        dropAll(target, names);
        return names.stream().map(name -> Step.removed(display(name))).toList();
    }

    private static void dropAll(Session target, List<String> names) {
        for (List<String> batch : batches(names)) {
            target.inTransaction(
                    () -> {
                        batch.forEach(name -> drop(target, name));
                        return batch;
                    });
        }
    }

    private static void drop(Session target, String name) {
        Dependents.drop(
                target,
                "DROP FOREIGN TABLE "
                        + Identifier.quote(ForeignTableName.SCHEMA)
                        + "."
                        + Identifier.quote(name)
                        + " RESTRICT",
                display(name));
    }

    private static <T> List<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int start = 0; start < all.size(); start += TABLES_PER_TRANSACTION) {
            batches.add(all.subList(start, Math.min(all.size(), start + TABLES_PER_TRANSACTION)));
        }
        return batches;
    }
}
