package dev.confiture.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs shell scripts, as a user would, and watches what they take. */
public final class Shell {
    private static final int LOOK_EVERY_MILLIS = 20;

    /** Adding up the pages of a process keeps it from making new ones, and takes a processor. */
    private static final int LOOKS_PER_WEIGHING = 10;

    private final Path folder;
    private final Map<String, String> variables;

    /**
     * @param folder where scripts run; their output goes to a file there
     */
    public Shell(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = Map.copyOf(variables);
    }

    public Path folder() {
        return folder;
    }

    /** Whether all of these programs are on the PATH. */
    public static boolean has(List<String> programs) {
        List<Path> folders =
                Stream.of(System.getenv("PATH").split(":"))
                        .filter(it -> !it.isEmpty())
                        .map(Path::of)
                        .toList();
        return programs.stream()
                .allMatch(
                        program ->
                                folders.stream()
                                        .map(folder -> folder.resolve(program))
                                        .anyMatch(Files::isExecutable));
    }

    /** Runs the script to its end; fails with its output if it does. */
    public Measured run(String script) {
        Path log = folder.resolve("output.txt");
        try {
            ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
            builder.directory(folder.toFile());
            builder.environment().putAll(variables);
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            long began = System.nanoTime();
            Process process = builder.start();
            long peak = 0;
            for (int look = 1; !process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS); look++) {
                if (look % LOOKS_PER_WEIGHING == 0) {
                    peak = Math.max(peak, residentBytes(process.toHandle()));
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            if (process.exitValue() != 0) {
                throw new IllegalStateException(script + "\nfailed:\n" + Files.readString(log));
            }
            return new Measured(seconds, peak);
        } catch (IOException failure) {
            throw new IllegalStateException("cannot run " + script, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }

    private static long residentBytes(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(it -> residentBytes(it.pid()))
                .sum();
    }

    /**
     * A process may end between two looks. What several processes share counts in parts (Pss), else
     * a tool with many of them would seem to hold the same memory many times.
     */
    private static long residentBytes(long pid) {
        Path status = Path.of("/proc", String.valueOf(pid), "smaps_rollup");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }
}
