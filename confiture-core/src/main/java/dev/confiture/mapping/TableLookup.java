package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.NearestName;
import java.util.List;
import java.util.Optional;

/** Finds the tables of an entry in the catalogs. */
final class TableLookup {
    private final Catalog source;
    private final Catalog target;
    private final Problems problems;

    TableLookup(Catalog source, Catalog target, Problems problems) {
        this.source = source;
        this.target = target;
        this.problems = problems;
    }

    Optional<Table> source(Mapping.Entry entry) {
        Optional<Table> table = source.table(entry.source());
        if (table.isEmpty()) {
            boolean named = !TableReference.parse(entry.name()).equals(Optional.of(entry.source()));
            problems.add(
                    ErrorCode.TABLE_NOT_FOUND,
                    entry,
                    missing("source", entry.source(), source),
                    named ? null : "Name the source's table with source_table.");
        }
        return table;
    }

    Optional<Table> target(Mapping.Entry entry) {
        Optional<Table> table = target.table(entry.target());
        if (table.isEmpty()) {
            problems.add(
                    ErrorCode.TABLE_NOT_FOUND,
                    entry,
                    missing("target", entry.target(), target),
                    "Name an existing table with target_table, or create it on the target.");
        }
        return table;
    }

    void ignored(Mapping.IgnoredTable ignored) {
        if (source.table(ignored.table()).isEmpty()) {
            problems.add(
                    ErrorCode.TABLE_NOT_FOUND,
                    ignored.position(),
                    MappingParser.IGNORE_TABLES + ": " + missing("source", ignored.table(), source),
                    null);
        }
    }

    /** A table that an entry reads besides its driving table. */
    static Optional<Table> read(
            Catalog source,
            TableName name,
            Position position,
            Mapping.Entry entry,
            Problems problems) {
        Optional<Table> table = source.table(name);
        if (table.isEmpty()) {
            problems.add(
                    ErrorCode.TABLE_NOT_FOUND,
                    position,
                    entry,
                    missing("source", name, source),
                    nearest(name, source).isPresent()
                            ? null
                            : "Name a table; a view is none, so name the tables that it reads.");
        }
        return table;
    }

    static void columnNotFound(
            LongForm.Named column, Table table, Mapping.Entry entry, Problems problems) {
        problems.add(
                ErrorCode.COLUMN_NOT_FOUND,
                column.position(),
                entry,
                "column \""
                        + column.name()
                        + "\" does not exist in "
                        + table.name()
                        + NearestName.question(column.name(), table.columnNames()),
                null);
    }

    /** The table that a misspelt name may have meant. */
    static Optional<TableName> nearest(TableName wanted, Catalog catalog) {
        List<TableName> elsewhere =
                catalog.tables().keySet().stream()
                        .filter(table -> table.name().equals(wanted.name()))
                        .toList();
        return elsewhere.isEmpty()
                ? NearestName.of(
                                TableReference.write(wanted),
                                catalog.tables().keySet().stream()
                                        .map(TableReference::write)
                                        .toList())
                        .flatMap(TableReference::parse)
                : Optional.of(elsewhere.getFirst());
    }

    private static String missing(String end, TableName table, Catalog catalog) {
        return end + " table " + table + " does not exist" + question(table, catalog);
    }

    /** A table of the same name in another schema is nearer than any other spelling. */
    private static String question(TableName wanted, Catalog catalog) {
        return nearest(wanted, catalog)
                .map(table -> "; did you mean \"" + TableReference.write(table) + "\"?")
                .orElse("");
    }
}
