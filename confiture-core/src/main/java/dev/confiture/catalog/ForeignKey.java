package dev.confiture.catalog;

import java.util.List;

/**
 * A foreign key: {@code columns} of {@code table} refer to {@code referencedColumns} of {@code
 * referencedTable}, in that order.
 *
 * @param root the partitioned table that {@code table} is a part of, or {@code table} itself
 * @param matchFull whether it was declared MATCH FULL (then a partly NULL reference is a violation)
 * @param comparisons how the columns are compared, in the same order
 * @param period whether the last column is a PERIOD (PostgreSQL 18), which the periods of all
 *     matching rows together must cover
 * @param validated false for one that is NOT VALID, which tolerates the rows that are there
 */
public record ForeignKey(
        String name,
        TableName table,
        TableName root,
        List<String> columns,
        TableName referencedTable,
        List<String> referencedColumns,
        boolean matchFull,
        List<KeyComparison> comparisons,
        boolean period,
        boolean validated) {
    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
        comparisons = List.copyOf(comparisons);
    }
}
