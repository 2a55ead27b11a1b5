package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.kill.KilledChild;
import dev.confiture.live.Application;
import dev.confiture.live.LiveShop;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL at any event of a live run, while the application writes: nothing is lost or doubled. */
class LiveKillIT {
    private static final String LEFT_BEHIND =
            """
            SELECT (SELECT count(*) FROM pg_publication)
                + (SELECT count(*) FROM pg_replication_slots WHERE database = current_database())
            """;

    static Stream<Arguments> moments() {
        return Stream.of(
                        Map.entry(PostgresVersion.OLDEST, List.of(1, 12, 28, 40)),
                        Map.entry(PostgresVersion.NEWEST, List.of(2, 20, 34, 44)))
                .flatMap(
                        versions ->
                                versions.getValue().stream()
                                        .map(event -> Arguments.of(versions.getKey(), event)));
    }

    @ParameterizedTest(name = "PostgreSQL {0}, event {1}")
    @MethodSource("moments")
    void aKilledRunIsResumed(PostgresVersion version, int event, @TempDir Path folder)
            throws Exception {
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), LiveShop.MAPPING);
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onSource(LiveShop.SOURCE).onTarget(LiveShop.TARGET);
            String target = databases.rawTarget().dsn();
            Confiture confiture =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()),
                            ProgressListener.SILENT,
                            new StopSignal());
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            MigrateOptions options = new MigrateOptions("auto", 2, false, false);
            try (Application application =
                    Application.on(databases.rawSource(), LiveShop.WRITERS)) {
                KilledChild.killMigrate(target, mapping, "auto", event);

                confiture.migrate(target, mapping, options);
                assertThat(LiveHops.run(folder, target, 3).differences()).isEmpty();
                assertThat(application.failures()).isEmpty();
            }
            // The application is quiet now: the last commit that it was told of is there too.
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
            confiture.cleanup(target, true);
            assertThat(databases.rawSource().number(LEFT_BEHIND)).isZero();
        }
    }
}
