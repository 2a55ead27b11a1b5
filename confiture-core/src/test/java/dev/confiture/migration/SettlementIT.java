package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.RollbackOptions;
import dev.confiture.TwoDatabases;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.kill.KilledChild;
import dev.confiture.ledger.Direction;
import dev.confiture.migration.CutoverRequest.Afterwards;
import dev.confiture.migration.CutoverRequest.Extent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the way, a switchover ends with one side that takes writes. */
class SettlementIT {
    private static final String TRIGGERS =
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'confiture%'";
    private static final String SCHEMA =
            "SELECT count(*) FROM pg_namespace WHERE nspname = 'confiture'";
    private static final CutoverOptions LOOK =
            new CutoverOptions(Duration.ofSeconds(5), true, false, true, Confiture.DEFAULT_MAX_WAL);
    private static final RollbackOptions LOOK_BACK =
            new RollbackOptions(Duration.ofSeconds(5), true, false, Confiture.DEFAULT_MAX_WAL);

    /** Makes it impossible to change the fence's function. */
    private static final String NO_FUNCTIONS =
            """
            CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql
                AS 'BEGIN RAISE EXCEPTION ''no functions today''; END';
            CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE FUNCTION')
                EXECUTE FUNCTION public.refuse();
            """;

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aVacuumDoesNotKeepTheOldSideClosedAfterARollback(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = cutOver(databases);
            TestDatabase old = databases.rawSource();
            try (Connection vacuum = old.connect()) {
                CutoverReport report =
                        rollback(
                                trip,
                                step -> {
                                    if (step.equals("catch up")) {
                                        hold(vacuum, "SHARE UPDATE EXCLUSIVE");
                                    }
                                });
                assertThat(report.kind()).isEqualTo("done");
                assertThat(report.remarks())
                        .anyMatch(
                                remark ->
                                        remark.startsWith(
                                                "the opened fence is still on old_notes of"
                                                        + " the source, where it lets everybody"
                                                        + " write"));
                old.execute("INSERT INTO old_notes (id, writer) VALUES (1, 'writes again')");
                vacuum.commit();
            }
            assertThat(trip.confiture().cutover(trip.target(), LOOK).ready()).isTrue();
            assertThat(old.number(TRIGGERS) + old.number(SCHEMA)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aReaderDoesNotKeepWritersOffAndTheNextFenceStandsAllTheSame(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = RoundTrip.migrated(folder, databases, List.of());
            TestDatabase old = databases.rawSource();
            kill(trip, "pause: raise the fence");
            assertThat(old.number(TRIGGERS)).isPositive();
            try (Connection reader = old.connect();
                    Connection application = old.connect()) {
                hold(reader, "ACCESS SHARE");
                assertThat(trip.confiture().cutover(trip.target(), LOOK).ready()).isTrue();
                assertThat(old.number(TRIGGERS)).isPositive();
                // Its session knows the opened fence from now on.
                execute(application, "INSERT INTO old_notes (id, writer) VALUES (1, 'goes on')");

                assertThat(trip.confiture().cutover(trip.target(), RoundTrip.CUTOVER).kind())
                        .isEqualTo("done");
                assertThatThrownBy(
                                () ->
                                        execute(
                                                application,
                                                "INSERT INTO old_notes (id, writer)"
                                                        + " VALUES (2, 'late')"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refusal -> assertThat(refusal.getSQLState()).isEqualTo("25006"));
                reader.commit();
            }
            assertThat(databases.rawTarget().number("SELECT count(*) FROM notes")).isEqualTo(2);
            trip.cleanUp();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void afterTheDecisionNobodyIsToldThatNothingWasChanged(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = cutOver(databases);
            databases.onSource(NO_FUNCTIONS);
            Consumer<ConfitureException> told =
                    failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
                        assertThat(failure)
                                .hasMessageContaining(
                                        "the rollback is decided, but could not be completed yet:")
                                .message()
                                .doesNotContain("nothing was changed");
                        assertThat(failure.hint())
                                .contains("`confiture s2s rollback --target TARGET --dry-run`");
                    };
            mustFail(() -> trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK), told);
            mustFail(() -> trip.confiture().verify(trip.target(), List.of()), told);
            databases.onSource("DROP EVENT TRIGGER refuse; DROP FUNCTION public.refuse()");
            CutoverReport report = trip.confiture().rollback(trip.target(), LOOK_BACK);
            assertThat(report.kind()).isEqualTo("done");
            databases.onSource("INSERT INTO old_notes (id, writer) VALUES (1, 'writes again')");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aHookThatFailsIsToldOfWhoeverCompletesTheSwitch(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = RoundTrip.migrated(folder, databases, List.of());
            kill(trip, "pause: decide");
            Path file = folder.resolve("environments").resolve("new.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    "database_url: %s\nhooks:\n  on_switch: exit 3\n".formatted(trip.target()));
            mustFail(
                    () -> trip.confiture().cutover("new", LOOK),
                    failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.HOOK_FAILED);
                        assertThat(failure).hasMessage("the hook on_switch ended with exit code 3");
                    });
            assertThat(trip.confiture().status("new").phase()).isEqualTo("cut over");
            databases.onTarget("INSERT INTO notes VALUES (1, 'writes', 'there')");
            trip.cleanUp();
        }
    }

    private static void kill(RoundTrip trip, String step) throws Exception {
        KilledChild.kill(KilledSwitchover.class, trip.target(), step, "FORWARD", "LEAVE");
    }

    private CutoverReport rollback(RoundTrip trip, Consumer<String> stepEnded) {
        return new SwitchoverPhase(
                        Direction.BACK,
                        new EnvironmentLoader(folder, folder, Map.of()),
                        ProgressListener.SILENT,
                        new StopSignal(),
                        stepEnded)
                .run(
                        trip.target(),
                        new CutoverRequest(
                                Duration.ofSeconds(5),
                                Extent.WHOLE,
                                Afterwards.KEEP_IN_STEP,
                                Confiture.DEFAULT_MAX_WAL));
    }

    private static void hold(Connection holder, String mode) {
        try {
            holder.setAutoCommit(false);
            execute(holder, "LOCK TABLE old_notes IN " + mode + " MODE");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private RoundTrip cutOver(TwoDatabases databases) throws Exception {
        RoundTrip trip = RoundTrip.migrated(folder, databases, List.of());
        assertThat(trip.confiture().cutover(trip.target(), RoundTrip.CUTOVER).kind())
                .isEqualTo("done");
        return trip;
    }

    private static void mustFail(ThrowingCallable call, Consumer<ConfitureException> check) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ConfitureException.class, check);
    }
}
