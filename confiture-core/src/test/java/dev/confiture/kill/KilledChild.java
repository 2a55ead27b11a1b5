package dev.confiture.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs {@code migrate} in a process of its own, which is killed at one of its events. */
public final class KilledChild {
    public static final int SIGKILL_EXIT = 128 + 9;

    /** Small enough for a dozen chunks of a test's table. */
    private static final String CHUNK_BYTES = "-Dconfiture.chunkBytes=262144";

    private KilledChild() {}

    /** Its exit code: {@link #SIGKILL_EXIT}, or 0 if the migration ended before. */
    public static int exitOf(String target, Path mapping, String strategy, int event)
            throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                CHUNK_BYTES,
                                KilledMigration.class.getName(),
                                target,
                                mapping.toString(),
                                strategy,
                                String.valueOf(event))
                        .inheritIO()
                        .start();
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return child.exitValue();
    }
}
