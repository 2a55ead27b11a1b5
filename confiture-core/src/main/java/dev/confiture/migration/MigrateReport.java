package dev.confiture.migration;

import java.util.List;

/**
 * What {@code migrate} did in this run.
 *
 * @param alreadyComplete whether an earlier run had done everything
 * @param dryRun whether nothing was written
 * @param snapshots how many different snapshots of the source the rows of this migration were read
 *     from, over all its runs; 1 means that all rows are of one moment
 * @param remarks what the user should know, such as why there is more than one snapshot
 */
public record MigrateReport(
        boolean alreadyComplete,
        boolean dryRun,
        List<Entry> entries,
        List<Step> steps,
        int snapshots,
        List<String> remarks) {
    /**
     * One entry's copy, over all runs.
     *
     * @param rows rows written
     * @param bytes bytes of the COPY stream; for FDW 0, since no byte passes through Confiture
     * @param seconds the time that its chunks took, added up over all workers and runs
     */
    public record Entry(
            String entry,
            String source,
            String target,
            String strategy,
            String reason,
            long rows,
            long bytes,
            int chunks,
            double seconds) {}

    /** A step of this run, such as {@code copy} or {@code rebuild indexes}. */
    public record Step(String name, double seconds) {}
}
