package dev.confiture.live;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CopyLimits;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Settings;
import dev.confiture.progress.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Migrates in a process with little memory, and pauses the copy while more than one other session
 * of the source is at work. Arguments: target, mapping file.
 */
public final class SmallHeap {
    private static final String HEAP = "-Xmx128m";

    private SmallHeap() {}

    /** The process, begun. */
    public static Process migrate(String target, Path mapping) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        target,
                        mapping.toString())
                .inheritIO()
                .start();
    }

    public static void main(String[] arguments) {
        Confiture confiture =
                Confiture.open(
                        new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                        event -> {},
                        new StopSignal());
        confiture.migrate(
                arguments[0],
                Path.of(arguments[1]),
                new MigrateOptions(
                        "copy",
                        2,
                        false,
                        false,
                        false,
                        Confiture.DEFAULT_MAX_WAL,
                        new CopyLimits(0, Duration.ZERO, 1)));
    }
}
