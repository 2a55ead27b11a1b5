package dev.confiture.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Runs {@code migrate} and {@code follow} in a process of its own, to which something happens. */
public final class FaultyChild {
    /** Small enough for a dozen chunks of a test's table. */
    private static final String CHUNK_BYTES = "-Dconfiture.chunkBytes=262144";

    /** Little enough for changes to be taken in more than once while rows are copied. */
    private static final String WAITING_BYTES = "-Dconfiture.waitingBytes=65536";

    /** What is silent for so long counts as lost. */
    private static final String LONGEST_SILENCE = "-Dconfiture.longestSilence=2000";

    private FaultyChild() {}

    /**
     * Its exit code.
     *
     * @param event how many events it has told of when it happens
     * @param later how long after that event
     */
    public static int exitOf(
            String target, Path mapping, int event, Duration later, Consumer<Process> fault)
            throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CHUNK_BYTES,
                                WAITING_BYTES,
                                LONGEST_SILENCE,
                                FollowedMigration.class.getName(),
                                target,
                                mapping.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader events = child.inputReader(StandardCharsets.UTF_8)) {
            String last = await(event, events);
            LockSupport.parkNanos(later.toNanos());
            fault.accept(child);
            Thread rest = Thread.ofVirtual().start(() -> events.lines().forEach(_ -> {}));
            assertThat(child.waitFor(60, TimeUnit.SECONDS))
                    .as(() -> "it ends after " + last + ", but waits in\n" + threadsOf(child))
                    .isTrue();
            rest.join();
        } finally {
            child.destroyForcibly();
        }
        return child.exitValue();
    }

    private static String await(int event, BufferedReader events) throws IOException {
        String last = "";
        for (int number = 0; number < event; number++) {
            last = events.readLine();
            assertThat(last).as("event %s of %s", number, event).isNotNull();
        }
        return last;
    }

    /** The stacks of its threads, the virtual ones too. */
    private static String threadsOf(Process child) {
        try {
            Path dump = Files.createTempDirectory("threads").resolve("dump.txt");
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                            String.valueOf(child.pid()),
                            "Thread.dump_to_file",
                            dump.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            return Files.readString(dump);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
