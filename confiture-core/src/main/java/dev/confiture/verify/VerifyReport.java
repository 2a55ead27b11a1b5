package dev.confiture.verify;

import java.util.List;

/** What {@code verify} found. */
public record VerifyReport(List<Count> counts, List<Orphans> foreignKeys) {
    /** Whether both sides agree in everything that was looked at. */
    public boolean agrees() {
        return counts.stream().allMatch(Count::agrees)
                && foreignKeys.stream().allMatch(Orphans::agrees);
    }

    /**
     * The rows of one target table, and what the mapping says it should hold.
     *
     * @param entries the entries that feed the table
     * @param sourceRows the rows that their SELECTs give on the source
     */
    public record Count(String target, List<String> entries, long sourceRows, long targetRows) {
        public boolean agrees() {
            return sourceRows == targetRows;
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
}
