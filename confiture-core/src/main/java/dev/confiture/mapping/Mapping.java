package dev.confiture.mapping;

import dev.confiture.catalog.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as written, not yet held against any database.
 *
 * @param text the file's text as it stands, kept in the ledger
 * @param everythingElse where {@code "*": {}} stands, or null: every other table that has the same
 *     name on both sides is carried too
 * @param ignoreTables source tables left behind on purpose
 * @param complete whether the mapping must account for every source table; false for the one-entry
 *     mapping of {@code migrate-table}
 */
public record Mapping(
        String text,
        List<Entry> entries,
        @Nullable Position everythingElse,
        List<IgnoredTable> ignoreTables,
        boolean complete) {
    public Mapping {
        entries = List.copyOf(entries);
        ignoreTables = List.copyOf(ignoreTables);
    }

    /**
     * One entry.
     *
     * @param name its key in the file
     * @param columns source column to target column, in the order of the file
     * @param ignore source columns left behind on purpose
     * @param strategy how the initial copy is to be done, or null for what the command says
     */
    public record Entry(
            String name,
            TableName source,
            TableName target,
            List<ColumnPair> columns,
            List<IgnoredColumn> ignore,
            LongForm longForm,
            @Nullable Strategy strategy,
            Position position) {
        public Entry {
            columns = List.copyOf(columns);
            ignore = List.copyOf(ignore);
        }

        /** An entry whose columns all have the same names. */
        static Entry ofNamesakes(String name, TableName table, Position position) {
            return new Entry(
                    name, table, table, List.of(), List.of(), LongForm.NONE, null, position);
        }
    }

    /** {@code source column: target column}. */
    public record ColumnPair(String source, String target, Position position) {}

    public record IgnoredColumn(String column, Position position) {}

    public record IgnoredTable(TableName table, Position position) {}
}
