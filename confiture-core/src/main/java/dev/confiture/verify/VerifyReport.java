package dev.confiture.verify;

import java.util.List;

/**
 * What {@code verify} found.
 *
 * @param live whether the application may have written meanwhile: each chunk was compared at a
 *     moment at which both sides had to be equal
 * @param complete whether every value of every row was compared
 * @param notes what the user should know and is no difference
 */
public record VerifyReport(
        boolean live,
        boolean complete,
        List<TableResult> tables,
        List<Orphans> foreignKeys,
        List<Duplicates> uniqueConstraints,
        List<SequenceResult> sequences,
        List<String> notes) {
    public VerifyReport {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
        uniqueConstraints = List.copyOf(uniqueConstraints);
        sequences = List.copyOf(sequences);
        notes = List.copyOf(notes);
    }

    /** Whether both sides agree in everything that was looked at. */
    public boolean agrees() {
        return tables.stream().allMatch(TableResult::agrees)
                && foreignKeys.stream().allMatch(Orphans::agrees)
                && uniqueConstraints.stream().allMatch(it -> it.duplicates() == 0)
                && sequences.stream().allMatch(SequenceResult::agrees);
    }

    /**
     * One target table, and what the mapping says it should hold.
     *
     * @param entries the entries that feed the table
     * @param sourceRows the rows that their SELECTs give on the source
     * @param chunks in how many steps it was compared
     * @param missing rows that the mapping makes and the target does not have
     * @param unexpected rows that the target has and no entry makes
     * @param different rows of the same key with different values
     * @param repaired how many of these are equal now
     * @param rows the first of each kind
     */
    public record TableResult(
            String target,
            List<String> entries,
            long sourceRows,
            long targetRows,
            long chunks,
            long missing,
            long unexpected,
            long different,
            long repaired,
            List<RowDifference> rows) {
        public TableResult {
            entries = List.copyOf(entries);
            rows = List.copyOf(rows);
        }

        public boolean agrees() {
            return sourceRows == targetRows && differing() == repaired;
        }

        /** Rows that differ in any way. */
        public long differing() {
            return missing + unexpected + different;
        }
    }

    /**
     * Rows of {@code table} whose reference leads nowhere.
     *
     * @param tolerated whether the new schema itself says NOT VALID: then they are no difference
     */
    public record Orphans(
            String constraint,
            String table,
            String referencedTable,
            long orphans,
            boolean tolerated) {
        public boolean agrees() {
            return orphans == 0 || tolerated;
        }
    }

    /** Rows of {@code table} beyond the first with the same key under a deferrable constraint. */
    public record Duplicates(String constraint, String table, long duplicates) {}

    /**
     * A sequence that gives a column its values.
     *
     * @param next the value that it gives next
     * @param reached the largest value in the column; the smallest if it counts downwards
     * @param pending whether cutover is still to set it, so that it may be behind
     */
    public record SequenceResult(
            String sequence,
            String table,
            String column,
            String next,
            String reached,
            boolean behind,
            boolean pending) {
        public boolean agrees() {
            return !behind || pending;
        }
    }
}
