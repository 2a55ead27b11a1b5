package dev.confiture.kill;

import dev.confiture.Confiture;
import dev.confiture.Confiture.FollowOptions;
import dev.confiture.Settings;
import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The main class of a child process that runs {@code follow} and sends itself SIGKILL when its n-th
 * event comes. Arguments: target, n.
 */
final class KilledFollow {
    private KilledFollow() {}

    public static void main(String[] arguments) {
        int last = Integer.parseInt(arguments[1]);
        AtomicInteger events = new AtomicInteger();
        Confiture.open(
                        new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                        event -> KilledMigration.killAt(last, events, event),
                        new StopSignal())
                .follow(arguments[0], new FollowOptions(Confiture.DEFAULT_MAX_WAL));
    }
}
