package dev.confiture.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code migrate} or {@code follow} in a process of its own, which is killed at one of its
 * events.
 */
public final class KilledChild {
    public static final int SIGKILL_EXIT = 128 + 9;

    /** Small enough for a dozen chunks of a test's table. */
    private static final String CHUNK_BYTES = "-Dconfiture.chunkBytes=262144";

    private KilledChild() {}

    /** Its exit code: {@link #SIGKILL_EXIT}, or 0 if the migration ended before. */
    public static int exitOf(String target, Path mapping, String strategy, int event)
            throws IOException, InterruptedException {
        return exitOf(
                KilledMigration.class, target, mapping.toString(), strategy, String.valueOf(event));
    }

    /** Its exit code, of {@code follow}. */
    public static int exitOfFollow(String target, int event)
            throws IOException, InterruptedException {
        return exitOf(KilledFollow.class, target, String.valueOf(event));
    }

    /** The exit code of another main class that kills itself. */
    public static int exitOf(Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                CHUNK_BYTES,
                                main.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).inheritIO().start();
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return child.exitValue();
    }
}
