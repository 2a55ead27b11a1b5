package dev.confiture.cli.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demo did.
 *
 * @param serversStopped false while {@code --keep} keeps them running
 * @param projectFolder the folder that stays, or null if it was removed
 */
public record DemoReport(
        int sourceVersion,
        int targetVersion,
        long rows,
        List<Step> steps,
        boolean serversStopped,
        @Nullable String projectFolder) {

    /** One step, what it did, and how long it took. */
    public record Step(String name, String what, double seconds) {}
}
