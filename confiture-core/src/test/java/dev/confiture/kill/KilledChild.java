package dev.confiture.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code migrate} or {@code follow} in a process of its own, which is killed at one of its
 * events.
 */
public final class KilledChild {
    private static final int SIGKILL_EXIT = 128 + 9;

    /** Small enough for a dozen chunks of a test's table. */
    private static final String CHUNK_BYTES = "-Dconfiture.chunkBytes=262144";

    /** Little enough for changes to be taken in more than once while rows are copied. */
    private static final String WAITING_BYTES = "-Dconfiture.waitingBytes=65536";

    private KilledChild() {}

    /** Runs {@code migrate}, which must not end before. */
    public static void killMigrate(String target, Path mapping, String strategy, int event)
            throws IOException, InterruptedException {
        kill(KilledMigration.class, target, mapping.toString(), strategy, String.valueOf(event));
    }

    /** Runs {@code follow}, which must not end before. */
    public static void killFollow(String target, int event)
            throws IOException, InterruptedException {
        kill(KilledFollow.class, target, String.valueOf(event));
    }

    /** Runs another main class, which must kill itself. What it said is told if it does not. */
    public static void kill(Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                CHUNK_BYTES,
                                WAITING_BYTES,
                                main.getName()));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("killed", ".log");
        Process child =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            assertThat(child.waitFor(2, TimeUnit.MINUTES)).as("%s ends", main).isTrue();
            assertThat(child.exitValue())
                    .as("exit of %s, which said\n%s", main, Files.readString(said))
                    .isEqualTo(SIGKILL_EXIT);
        } finally {
            child.destroyForcibly();
            Files.delete(said);
        }
    }
}
