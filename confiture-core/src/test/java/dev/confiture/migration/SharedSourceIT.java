package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.live.SwitchingWriters;
import dev.confiture.live.SwitchingWriters.Side;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import dev.confiture.setup.CleanupReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one migration has in a database is safe from another. */
class SharedSourceIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theFenceOfOneMigrationIsNotTouchedByAnotherOfTheSameSource(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version);
                TestDatabase third = PostgresServer.shared(version).createDatabase()) {
            RoundTrip first = RoundTrip.migrated(folder, databases, List.of());
            TestDatabase old = databases.rawSource();
            migrate(first.confiture(), old, third, SwitchingWriters.MAPPING);
            first.confiture().cutover(first.target(), RoundTrip.CUTOVER);

            mustBeRefused(
                    first.confiture(),
                    third,
                    "it belongs to the migration confiture_",
                    " into database " + databases.rawTarget().name());
            mustBeClosed(old);
            CleanupReport cleaned = first.confiture().cleanup(third.dsn(), true);
            assertThat(cleaned.kept())
                    .anyMatch(
                            kept ->
                                    kept.startsWith(
                                            "schema confiture on the source: it belongs to the"
                                                    + " migration confiture_"));
            first.mustHoldWhatIsOurs(Side.NEW);
            mustBeClosed(old);

            databases.onTarget("INSERT INTO notes VALUES (1, 'comes', 'back')");
            assertThat(first.confiture().rollback(first.target(), RoundTrip.ROLLBACK).kind())
                    .isEqualTo("done");
            assertThat(old.number("SELECT count(*) FROM old_notes")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theLedgerOfAMigrationIsNotTouchedByOneThatBeginsAtItsTarget(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version);
                TestDatabase third = PostgresServer.shared(version).createDatabase()) {
            // Begun before its source had a ledger: afterwards setup refuses it.
            databases.onTarget(SwitchingWriters.NEW);
            Confiture confiture = confiture();
            TestDatabase middle = databases.rawTarget();
            migrate(confiture, middle, third, "notes: {}\nvisits: {}\nscratch: {}\ntickets: {}\n");
            databases.onSource(SwitchingWriters.OLD);
            Path file = Files.writeString(folder.resolve("first.yaml"), SwitchingWriters.MAPPING);
            confiture.setup(
                    databases.rawSource().dsn(), middle.dsn(), new SetupOptions(false, false));
            confiture.migrate(middle.dsn(), file, new MigrateOptions("auto", 2, false, false));
            confiture.cutover(middle.dsn(), RoundTrip.CUTOVER);

            mustBeRefused(confiture, third, "it is the ledger of the migration into the source");
            CleanupReport cleaned = confiture.cleanup(third.dsn(), true);
            assertThat(cleaned.kept())
                    .contains(
                            "schema confiture on the source: it is the ledger of the migration"
                                    + " into the source");
            assertThat(confiture.rollback(middle.dsn(), RoundTrip.ROLLBACK).kind())
                    .isEqualTo("done");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void anOldSideIsNoLedger(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version);
                TestDatabase third = PostgresServer.shared(version).createDatabase()) {
            RoundTrip first = RoundTrip.migrated(folder, databases, List.of());
            first.confiture().cutover(first.target(), RoundTrip.CUTOVER);
            String old = databases.rawSource().dsn();
            for (ThrowingCommand command :
                    List.<ThrowingCommand>of(
                            () -> first.confiture().cleanup(old, true),
                            () ->
                                    first.confiture()
                                            .setup(
                                                    third.dsn(),
                                                    old,
                                                    new SetupOptions(false, false)))) {
                assertThatThrownBy(command::run)
                        .hasMessageStartingWith(
                                "the target is the old side of the migration confiture_");
            }
            first.mustHoldWhatIsOurs(Side.NEW);
        }
    }

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    private interface ThrowingCommand {
        void run();
    }

    private void migrate(
            Confiture confiture, TestDatabase source, TestDatabase third, String mapping)
            throws Exception {
        third.execute(SwitchingWriters.NEW);
        Path file = Files.writeString(folder.resolve("third.yaml"), mapping);
        confiture.setup(source.dsn(), third.dsn(), new SetupOptions(false, false));
        confiture.migrate(third.dsn(), file, new MigrateOptions("auto", 2, false, false));
    }

    private static void mustBeRefused(Confiture confiture, TestDatabase third, String... why) {
        for (boolean rehearse : List.of(true, false)) {
            assertThatThrownBy(
                            () ->
                                    confiture.cutover(
                                            third.dsn(),
                                            new CutoverOptions(
                                                    Duration.ofSeconds(5),
                                                    false,
                                                    rehearse,
                                                    true,
                                                    Confiture.DEFAULT_MAX_WAL)))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                                assertThat(failure.getMessage())
                                        .contains("schema confiture on the source: ")
                                        .contains(why);
                                assertThat(failure.hint()).contains("cleanup");
                            });
        }
    }

    private static void mustBeClosed(TestDatabase old) {
        assertThatThrownBy(() -> old.execute("INSERT INTO old_notes VALUES (9, 'late', '', '')"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("25006"));
    }
}
