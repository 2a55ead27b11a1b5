package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.live.Application;
import dev.confiture.live.ReverseShop;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At every hop back the old tables are what the inverse mapping makes of the new ones. */
class ReverseExactnessIT {
    private static final int LOOKS = Integer.getInteger("confiture.test.looks", 20);

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void everyHopBackEndsAtASnapshotOfTheNewDatabase(PostgresVersion version, @TempDir Path folder)
            throws Exception {
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), ReverseShop.MAPPING);
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onSource(ReverseShop.SOURCE).onTarget(ReverseShop.TARGET);
            String target = databases.rawTarget().dsn();
            Confiture confiture =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()),
                            ProgressListener.SILENT,
                            new StopSignal());
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            confiture.migrate(target, mapping, new MigrateOptions("auto", 1, false, false));
            ReverseHops.begin(folder, target);
            try (Application application =
                    Application.on(databases.rawTarget(), ReverseShop.WRITERS)) {
                application.awaitEachOneMore();
                EqualAtBoundary oracle = ReverseHops.run(folder, target, LOOKS / 2);
                // Another run takes the way up where the first one has left it.
                EqualAtBoundary later = ReverseHops.run(folder, target, LOOKS - LOOKS / 2);
                assertThat(application.failures()).isEmpty();
                assertThat(oracle.looks() + later.looks()).isEqualTo(LOOKS);
                assertThat(oracle.differences()).isEmpty();
                assertThat(later.differences()).isEmpty();
            }
            whatTheNewSchemaDroppedIsUntouched(databases.rawSource());
            ReverseHops.undo(folder, target);
            assertThat(
                            databases
                                    .rawSource()
                                    .number(
                                            "SELECT count(*) FROM pg_namespace"
                                                    + " WHERE nspname = 'confiture'"))
                    .isZero();
            confiture.cleanup(target, true);
        }
    }

    private static void whatTheNewSchemaDroppedIsUntouched(TestDatabase source) throws Exception {
        assertThat(
                        source.number(
                                "SELECT count(*) FROM old_users WHERE twice <> id * 2"
                                        + " OR fax IS DISTINCT FROM"
                                        + " CASE WHEN id <= 2000 THEN 'fax ' || id END"))
                .isZero();
        assertThat(source.number("SELECT count(*) FROM old_users WHERE id > 2000")).isPositive();
        assertThat(source.number("SELECT count(*) FROM old_parties WHERE kind = 'robot'"))
                .isEqualTo(300);
    }
}
