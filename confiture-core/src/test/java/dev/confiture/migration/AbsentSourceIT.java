package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.kill.KilledChild;
import dev.confiture.live.ReverseShop;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import dev.confiture.setup.CleanupReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A live migration is cleaned up although the old database is not there. */
class AbsentSourceIT {
    private static final String WRITE = "UPDATE %s SET email = 'written again' WHERE id = 1";

    private static final String COMMENT =
            "obj_description('confiture'::regnamespace, 'pg_namespace')";

    @TempDir private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()),
                event -> {
                    if (event instanceof ProgressEvent.Warning warning) {
                        warnings.add(warning.text());
                    }
                },
                new StopSignal());
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void afterACutoverTheTargetIsRidOfEverythingAndTheRestIsNamed(PostgresVersion version)
            throws Exception {
        try (PostgresServer oldServer = PostgresServer.builder(version).start();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            TestDatabase source = migrate(oldServer, target);
            assertThat(confiture().cutover(target.dsn(), RoundTrip.CUTOVER).ready()).isTrue();
            oldServer.stop();

            mustBeRefused(target);
            CleanupReport report = confiture().cleanup(target.dsn(), true);

            assertThat(traces(target)).isZero();
            assertThat(report.removed()).contains("schema confiture (the ledger)");
            assertThat(report.removed()).anyMatch(it -> it.startsWith("replication slot "));
            assertThat(report.kept()).hasSize(3).allMatch(it -> it.contains(source.name()));
            oldServer.start();
            String comment = source.value("SELECT " + COMMENT);
            markSchema(source, comment.replace("confiture_", "another_"));
            doWhatIsSaid(report, source);
            assertThatThrownBy(() -> source.execute(WRITE.formatted("old_users")));
            markSchema(source, comment);
            doWhatIsSaid(report, source);
            assertThat(traces(source)).isZero();
            source.execute(WRITE.formatted("old_users"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void beforeItTheSlotThatKeepsWalIsNamed(PostgresVersion version) throws Exception {
        try (PostgresServer oldServer = PostgresServer.builder(version).start();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            TestDatabase source = migrate(oldServer, target);
            oldServer.stop();

            CleanupReport report = confiture().cleanup(target.dsn(), true);

            assertThat(traces(target)).isZero();
            assertThat(report.kept()).hasSize(2);
            assertThat(report.kept().getFirst()).startsWith("replication slot confiture_");
            oldServer.start();
            assertThat(traces(source)).isEqualTo(2);
            doWhatIsSaid(report, source);
            assertThat(traces(source)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aCutoverThatWasKilledBehindItsDecisionLeavesNobodyShutOut(PostgresVersion version)
            throws Exception {
        try (PostgresServer oldServer = PostgresServer.builder(version).start();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            TestDatabase source = migrate(oldServer, target);
            KilledChild.kill(
                    KilledSwitchover.class,
                    target.dsn(),
                    "pause: decide",
                    "FORWARD",
                    "KEEP_IN_STEP");
            oldServer.stop();
            assertThatThrownBy(() -> target.execute(WRITE.formatted("users")));

            mustBeRefused(target);
            CleanupReport report = confiture().cleanup(target.dsn(), true);

            assertThat(warnings)
                    .anyMatch(
                            it ->
                                    it.startsWith(
                                            "the interrupted cutover was decided: the application"
                                                    + " belongs on the target"));
            assertThat(traces(target)).isZero();
            target.execute(WRITE.formatted("users"));
            oldServer.start();
            doWhatIsSaid(report, source);
            assertThat(traces(source)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aDatabaseThatWasDroppedIsAbsentToo(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase target = server.createDatabase()) {
            try (TestDatabase source = migrate(server, target)) {
                assertThat(traces(source)).isPositive();
            }

            confiture().cleanup(target.dsn(), true);

            assertThat(traces(target)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aSourceThatRefusesTheLoginIsNotTakenForAbsent(PostgresVersion version) throws Exception {
        try (PostgresServer oldServer = PostgresServer.builder(version).start();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            TestDatabase source = migrate(oldServer, target);
            source.execute("ALTER ROLE postgres NOLOGIN");

            assertThatThrownBy(() -> confiture().cleanup(target.dsn(), true))
                    .hasMessageStartingWith("could not connect to the source");
            assertThat(traces(target)).isPositive();
        }
    }

    private TestDatabase migrate(PostgresServer oldServer, TestDatabase target) throws Exception {
        TestDatabase source = oldServer.createDatabase();
        source.execute(ReverseShop.SOURCE);
        target.execute(ReverseShop.TARGET);
        Path file = Files.writeString(folder.resolve("mapping.yaml"), ReverseShop.MAPPING);
        confiture().setup(source.dsn(), target.dsn(), new SetupOptions(false, false));
        confiture().migrate(target.dsn(), file, new MigrateOptions("auto", 1, false, false));
        return source;
    }

    /** Without force, and with a way out. */
    private void mustBeRefused(TestDatabase target) throws Exception {
        long before = traces(target);
        assertThatThrownBy(() -> confiture().cleanup(target.dsn(), false))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
                            assertThat(failure.hint()).contains("`cleanup --force`");
                        });
        assertThat(traces(target)).isEqualTo(before);
    }

    /** Runs the statements that stand behind all that is kept. */
    private static void doWhatIsSaid(CleanupReport report, TestDatabase source) throws Exception {
        for (String kept : report.kept()) {
            String[] parts = kept.split("; to drop it: ", 2);
            assertThat(parts).as(kept).hasSize(2);
            source.execute(parts[1]);
        }
    }

    private static void markSchema(TestDatabase source, String comment) throws Exception {
        source.execute("COMMENT ON SCHEMA confiture IS '" + comment + "'");
    }

    private static long traces(TestDatabase database) throws Exception {
        return database.number(
                """
                SELECT (SELECT count(*) FROM pg_publication)
                    + (SELECT count(*) FROM pg_replication_slots
                       WHERE database = current_database())
                    + (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'confiture%')
                    + (SELECT count(*) FROM pg_namespace
                       WHERE nspname IN ('confiture', 'old_schema'))
                """);
    }
}
