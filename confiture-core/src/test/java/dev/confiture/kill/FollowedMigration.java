package dev.confiture.kill;

import dev.confiture.Confiture;
import dev.confiture.Confiture.FollowOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Settings;
import dev.confiture.error.ConfitureException;
import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.util.Map;

/**
 * The main class of a child process that migrates and then follows until something ends it. Prints
 * a line for each of its events. Arguments: target, mapping file.
 */
final class FollowedMigration {
    private FollowedMigration() {}

    public static void main(String[] arguments) {
        String target = arguments[0];
        Confiture confiture =
                Confiture.open(
                        new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                        event -> System.out.println(event),
                        new StopSignal());
        try {
            confiture.migrate(
                    target, Path.of(arguments[1]), new MigrateOptions("auto", 2, false, false));
            confiture.follow(target, new FollowOptions(Confiture.DEFAULT_MAX_WAL));
        } catch (ConfitureException failure) {
            System.err.println(failure.code() + ": " + failure.getMessage());
            System.exit(failure.code().exitCode().number());
        }
    }
}
