package dev.confiture.hop;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.Collection;
import java.util.List;

/**
 * Indexes of ours on the keys by which rows are found in the target, for a large hop while the
 * tables' own indexes are off. Not unique: what the hop is to delete may be there twice.
 */
public final class KeyIndexes {
    private KeyIndexes() {}

    /** Makes one for every entry. */
    public static void create(Session target, HopPlan plan) {
        for (int number = 0; number < plan.entries().size(); number++) {
            EntryRows rows = plan.entries().get(number).rows();
            target.execute(
                    "CREATE INDEX "
                            + Identifier.quote(name(number))
                            + " ON "
                            + rows.target().name().quoted()
                            + " ("
                            + String.join(", ", rows.keyColumns())
                            + ")");
        }
    }

    /** Drops those that are there, also those of a run that was killed. */
    public static void drop(Session target, HopPlan plan) {
        for (int number = 0; number < plan.entries().size(); number++) {
            Table table = plan.entries().get(number).rows().target();
            target.execute(
                    "DROP INDEX IF EXISTS "
                            + new TableName(table.name().schema(), name(number)).quoted());
        }
    }

    /**
     * Drops all that a first hop which was not completed has left on tables, also one of another
     * mapping.
     *
     * @return what they were called
     */
    public static List<TableName> dropFrom(Session target, Collection<TableName> tables) {
        List<TableName> left =
                target.query(
                        SqlText.named("hop/list_key_indexes"),
                        row -> new TableName(row.text(1), row.text(2)),
                        tables.stream().map(TableName::schema).toList(),
                        tables.stream().map(TableName::name).toList());
        left.forEach(index -> target.execute("DROP INDEX " + index.quoted()));
        return left;
    }

    private static String name(int number) {
        return "confiture_key_" + number;
    }
}
