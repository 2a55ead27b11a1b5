package dev.confiture.kill;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Settings;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The main class of a child process that runs {@code migrate} and sends itself SIGKILL when its
 * n-th event comes. Arguments: target, mapping file, strategy, n. It exits with 0 if the migration
 * ended before.
 */
final class KilledMigration {
    private KilledMigration() {}

    public static void main(String[] arguments) {
        int last = Integer.parseInt(arguments[3]);
        AtomicInteger events = new AtomicInteger();
        ProgressListener listener = event -> killAt(last, events, event);
        Confiture.open(
                        new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                        listener,
                        new StopSignal())
                .migrate(
                        arguments[0],
                        Path.of(arguments[1]),
                        new MigrateOptions(arguments[2], 2, false, false));
    }

    /** To be called with each event: at the last one that counts, this process ends. */
    static void killAt(int last, AtomicInteger events, ProgressEvent event) {
        if (events.incrementAndGet() != last) {
            return;
        }
        System.err.println("killed at event " + last + ": " + event);
        Suicide.commit();
    }
}
