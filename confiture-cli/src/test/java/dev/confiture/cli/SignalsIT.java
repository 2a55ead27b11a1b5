package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.confiture.Confiture;
import dev.confiture.progress.StopSignal;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to a real process. */
@Timeout(60)
class SignalsIT {
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void theFirstSignalEndsTheRunAtTheNextSafePoint(String signal) throws Exception {
        assumeThat(ignored(signal)).as("the shell has %s ignored", signal).isFalse();
        Process process = start("stops");
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(err.readLine()).isEqualTo("copying");
            kill(signal, process);
            assertThat(err.lines())
                    .contains(
                            "stopping at the next safe point; once more ends at once",
                            "error: stopped on request; everything finished so far is kept");
            assertThat(process.waitFor()).isEqualTo(130);
        }
    }

    @Test
    void theSecondSignalEndsTheProcessAtOnce() throws Exception {
        assumeThat(ignored("INT")).as("the shell has INT ignored").isFalse();
        Process process = start("never-stops");
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(err.readLine()).isEqualTo("copying");
            kill("INT", process);
            assertThat(err.readLine()).isEmpty();
            assertThat(err.readLine()).startsWith("stopping at the next safe point");
            assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
            kill("INT", process);
            assertThat(process.waitFor()).isEqualTo(130);
            assertThat(err.lines()).isEmpty();
        }
    }

    private static Process start(String behaviour) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        behaviour)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * A script that puts a build into the background has it ignore SIGINT, and its children inherit
     * that; a JVM leaves an ignored signal alone.
     */
    private static boolean ignored(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        int number = Map.of("HUP", 1, "INT", 2, "TERM", 15).getOrDefault(signal, 0);
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .anyMatch(mask -> (mask >> (number - 1) & 1) == 1);
        }
    }

    private static void kill(String signal, Process process) throws Exception {
        Process kill =
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
        assertThat(kill.waitFor()).isZero();
    }

    /** The program with an engine that copies until it is asked to stop, or for ever. */
    static final class Child {
        public static void main(String[] arguments) {
            boolean stops = arguments[0].equals("stops");
            System.exit(
                    Main.run((_, _, stop) -> engine(stop, stops), "s2s", "status", "--target=b"));
        }

        private static Confiture engine(StopSignal stop, boolean stops) {
            return (Confiture)
                    Proxy.newProxyInstance(
                            Child.class.getClassLoader(),
                            new Class<?>[] {Confiture.class},
                            (_, _, _) -> {
                                System.err.println("copying");
                                stop.await();
                                if (!stops) {
                                    Thread.sleep(Long.MAX_VALUE);
                                }
                                stop.check();
                                return null;
                            });
        }
    }
}
