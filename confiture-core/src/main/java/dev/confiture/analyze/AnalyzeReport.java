package dev.confiture.analyze;

import dev.confiture.analyze.prove.ProofReport;
import dev.confiture.error.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code analyze} found out.
 *
 * @param rollback what a rollback would not bring back, or empty if it loses nothing
 * @param proof what was proved about the old rows, or null if that was not asked for; each
 *     violation is among the findings too
 */
public record AnalyzeReport(
        String source,
        String target,
        List<EntryPlan> entries,
        List<String> ignoredTables,
        List<Finding> findings,
        List<Loss> rollback,
        @Nullable ProofReport proof) {
    /**
     * How one entry would be copied.
     *
     * @param rows the planner's estimate, or -1 if the table was never analyzed
     * @param bytes on disk, with TOAST and without indexes
     * @param strategy {@code copy} or {@code fdw}
     * @param reason why, for people
     * @param estimatedSeconds until its rows and indexes are there, if it is copied alone by as
     *     many workers as migrate takes; from a rehearsal, or null if there was none
     */
    public record EntryPlan(
            String entry,
            String source,
            String target,
            long rows,
            long bytes,
            String strategy,
            String reason,
            @Nullable Double estimatedSeconds,
            List<ColumnPlan> columns) {}

    /**
     * Where the way back ends.
     *
     * @param table of the old database
     * @param column null for the table as a whole, which would get no row back
     * @param wayBack {@code may alter}, {@code needs a default} or {@code ends here}; {@code
     *     impossible} for a table
     * @param remedy what to add to the mapping, or null
     */
    public record Loss(
            String table,
            @Nullable String column,
            String wayBack,
            String reason,
            @Nullable String remedy) {}

    /**
     * How a target column is fed.
     *
     * @param how {@code explicit}, {@code implied}, {@code computed}, {@code default} (fed by
     *     nothing, has a default, identity or generation expression, or stays NULL) or {@code
     *     ignored} (a source column that is left behind; {@code target} is null)
     * @param typeChange {@code safe}, {@code checked} or {@code lossy}; null where nothing is
     *     carried
     * @param wayBack {@code lossless}, {@code may alter}, {@code needs a default} or {@code ends
     *     here}; null for a column that the old schema does not have
     */
    public record ColumnPlan(
            String how,
            @Nullable String source,
            @Nullable String sourceType,
            @Nullable String target,
            @Nullable String targetType,
            @Nullable String typeChange,
            @Nullable String wayBack) {}
}
