package dev.confiture.catalog;

import java.util.List;

/**
 * A foreign key: {@code columns} of {@code table} refer to {@code referencedColumns} of {@code
 * referencedTable}, in that order.
 *
 * @param matchFull whether it was declared MATCH FULL (then a partly NULL reference is a violation)
 */
public record ForeignKey(
        String name,
        TableName table,
        List<String> columns,
        TableName referencedTable,
        List<String> referencedColumns,
        boolean matchFull) {
    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
