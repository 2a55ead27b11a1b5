package dev.confiture.cli.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demo did.
 *
 * @param writers what the application saw that wrote all the time, or null if it never began
 * @param serversStopped false while {@code --keep} keeps them running
 * @param projectFolder the folder that stays, or null if it was removed
 */
public record DemoReport(
        int sourceVersion,
        int targetVersion,
        long rows,
        List<Step> steps,
        @Nullable Writers writers,
        boolean serversStopped,
        @Nullable String projectFolder) {

    /** One step, what it did, and how long it took. */
    public record Step(String name, String what, double seconds) {}

    /**
     * The application that wrote all the time.
     *
     * @param commits transactions that the old server acknowledged
     * @param errors statements that failed
     * @param longestStatementMilliseconds how long the slowest one took
     * @param pausesMilliseconds for each change to the other database, the time without a commit
     * @param seconds how long it wrote
     */
    public record Writers(
            long commits,
            long errors,
            double longestStatementMilliseconds,
            List<Double> pausesMilliseconds,
            double seconds) {}
}
