package dev.confiture.analyze;

import dev.confiture.error.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code analyze} found out. */
public record AnalyzeReport(
        String source,
        String target,
        List<EntryPlan> entries,
        List<String> ignoredTables,
        List<Finding> findings) {
    /**
     * How one entry would be copied.
     *
     * @param rows the planner's estimate, or -1 if the table was never analyzed
     * @param bytes on disk, with TOAST and without indexes
     * @param strategy {@code copy} or {@code fdw}
     * @param reason why, for people
     * @param estimatedSeconds from a measured sample, or null if nothing was measured
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
     * How a target column is fed.
     *
     * @param how {@code explicit}, {@code implied}, {@code computed}, {@code default} (fed by
     *     nothing, has a default, identity or generation expression, or stays NULL) or {@code
     *     ignored} (a source column that is left behind; {@code target} is null)
     */
    public record ColumnPlan(
            String how,
            @Nullable String source,
            @Nullable String sourceType,
            @Nullable String target,
            @Nullable String targetType) {}
}
