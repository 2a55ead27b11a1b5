package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.SqlProbe.JoinedOn;
import dev.confiture.mapping.SqlProbe.Structure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What the conditions of an entry's joins say, as the server has understood them. */
final class JoinCheck {
    private static final JoinedOn NOTHING = new JoinedOn(Map.of(), Set.of());

    private final Mapping.Entry entry;
    private final Table source;
    private final Catalog sourceCatalog;
    private final Problems problems;

    JoinCheck(EntryScope scope) {
        this.entry = scope.entry();
        this.source = scope.source();
        this.sourceCatalog = scope.sourceCatalog();
        this.problems = scope.problems();
    }

    /** How many joins there are on a table. */
    int count(TableName table) {
        return (int)
                entry.longForm().joins().stream()
                        .filter(join -> join.table().equals(table))
                        .count();
    }

    /** One for each join on the table that its condition ties to the driving table. */
    List<Dependency> dependencies(TableName table, Structure structure) {
        return entry.longForm().joins().stream()
                .filter(join -> join.table().equals(table))
                .map(join -> on(join, structure).ties())
                .filter(ties -> !ties.isEmpty())
                .map(
                        ties ->
                                new Dependency(
                                        table,
                                        List.copyOf(ties.keySet()),
                                        Dependency.LeadsTo.DRIVING_TABLE,
                                        List.copyOf(ties.values())))
                .toList();
    }

    private static JoinedOn on(LongForm.Join join, Structure structure) {
        return Objects.requireNonNullElse(structure.joins().get(join.alias()), NOTHING);
    }

    /** Refuses a join that could give several rows for one row of the driving table. */
    void refuseMultiplying(Structure structure) {
        for (LongForm.Join join : entry.longForm().joins()) {
            Set<String> fixed = new TreeSet<>(on(join, structure).fixed());
            sourceCatalog
                    .table(join.table())
                    .filter(table -> !table.unique(fixed))
                    .ifPresent(table -> multiplies(join, table, List.copyOf(fixed)));
        }
    }

    private void multiplies(LongForm.Join join, Table table, List<String> fixed) {
        problems.add(
                ErrorCode.MAPPING,
                join.position(),
                entry,
                "the join on "
                        + table.name()
                        + (fixed.isEmpty() ? "" : " (" + String.join(", ", fixed) + ")")
                        + " may find several rows for one row of "
                        + source.name()
                        + ", so the key would not be unique",
                fixed.isEmpty() ? equality(join) : uniqueIndex(table, fixed));
    }

    private String equality(LongForm.Join join) {
        return "Let its on say which row is meant, by columns that are unique: "
                + join.alias()
                + ".COLUMN = "
                + source.name().name()
                + ".COLUMN; or aggregate in a select.";
    }

    private static String uniqueIndex(Table table, List<String> columns) {
        String list = Identifier.quoteAll(columns);
        String index = "CREATE UNIQUE INDEX ON " + table.name().quoted() + " (" + list + ");";
        List<String> nullable =
                table.columns().stream()
                        .filter(column -> columns.contains(column.name()) && !column.notNull())
                        .map(Column::name)
                        .toList();
        return nullable.isEmpty()
                ? "If it never does, run on the source: " + index
                : "If it never does, run on the source: "
                        + index
                        + " and make "
                        + String.join(", ", nullable)
                        + " NOT NULL; or aggregate in a select.";
    }
}
