package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.RollbackOptions;
import dev.confiture.TwoDatabases;
import dev.confiture.cutover.PreflightItem;
import dev.confiture.cutover.PreflightItem.Verdict;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.live.SwitchingWriters.Kind;
import dev.confiture.live.SwitchingWriters.Side;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rollback refuses, gives up, and compares. */
class RollbackIT {
    private static final List<Kind> NOBODY = List.of();

    private static final String CHANGED_ROWS = "changed rows";

    @TempDir private Path folder;

    private static RollbackOptions options(boolean dryRun, boolean rehearse) {
        return new RollbackOptions(
                Duration.ofSeconds(1), dryRun, rehearse, Confiture.DEFAULT_MAX_WAL);
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void thereMustBeACutoverWithAWayBack(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = RoundTrip.migrated(folder, databases, NOBODY);
            mustFail(
                    () -> trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK),
                    failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_PHASE);
                        assertThat(failure)
                                .hasMessage(
                                        "there is nothing to roll back: the application writes to"
                                                + " the old database (phase: following)");
                    });
            CutoverOptions noWayBack =
                    new CutoverOptions(
                            Duration.ofSeconds(5), false, false, true, Confiture.DEFAULT_MAX_WAL);
            assertThat(trip.confiture().cutover(trip.target(), noWayBack).kind()).isEqualTo("done");
            mustFail(
                    () -> trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK),
                    failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_PHASE);
                        assertThat(failure).hasMessageContaining("without a way back");
                        assertThat(failure.hint()).contains("cleanup");
                    });
            trip.cleanUp();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whatCannotGoBackIsNamedAndTheApplicationGoesOn(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = cutOver(databases);
            mustFail(
                    () -> trip.confiture().verify(trip.target(), List.of()),
                    failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_PHASE);
                        assertThat(failure).hasMessageContaining("writes to the new database");
                    });
            databases.onSource(
                    "ALTER TABLE old_notes ADD CONSTRAINT short CHECK (length(body) < 10)");
            databases.onTarget(
                    "INSERT INTO notes SELECT n, 'many', 'fits' FROM generate_series(1, 30) n;"
                            + " UPDATE notes SET body = 'far too long' WHERE id = 17");
            mustFail(
                    () -> trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK),
                    failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.WAY_BACK_ENDED);
                        assertThat(failure)
                                .hasMessageContaining("the row of notes with the key 17");
                    });
            trip.mustHoldWhatIsOurs(Side.NEW);
            databases.onTarget("UPDATE notes SET body = 'short' WHERE id = 17");
            assertThat(trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK).kind())
                    .isEqualTo("done");
            trip.mustHoldWhatIsOurs(Side.OLD);
            assertThat(databases.rawSource().number("SELECT count(*) FROM old_notes"))
                    .isEqualTo(31);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aLostSlotEndsTheWayBack(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = cutOver(databases);
            databases
                    .rawTarget()
                    .rows(
                            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                                    + " WHERE database = current_database()");
            mustFail(
                    () -> trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK),
                    failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.SLOT_LOST);
                        assertThat(failure).hasMessageStartingWith("on the way back: ");
                        assertThat(failure.hint()).contains("Rollback is not possible any more");
                    });
            databases.onTarget("INSERT INTO notes VALUES (2, 'goes', 'on')");
            trip.cleanUp();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aHeldTableOrARehearsalLeavesNothingBehind(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = cutOver(databases);
            try (Connection open = databases.rawTarget().connect();
                    Statement statement = open.createStatement()) {
                open.setAutoCommit(false);
                statement.execute("LOCK TABLE notes IN ROW EXCLUSIVE MODE");
                mustFail(
                        () -> trip.confiture().rollback(trip.target(), options(false, false)),
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                            assertThat(failure).hasMessageContaining("notes is held");
                        });
                open.commit();
            }
            trip.mustHoldWhatIsOurs(Side.NEW);
            CutoverReport report = trip.confiture().rollback(trip.target(), options(false, true));
            assertThat(report.kind()).isEqualTo("rehearsed");
            assertThat(report.pauseMilliseconds()).isPositive();
            trip.mustHoldWhatIsOurs(Side.NEW);
            databases.onTarget("INSERT INTO notes VALUES (4, 'goes', 'on')");
            assertThat(trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK).kind())
                    .isEqualTo("done");
            assertThat(databases.rawSource().number("SELECT count(*) FROM old_notes")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theRowsThatWereChangedSinceTheCutoverAreCompared(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = RoundTrip.migrated(folder, databases, NOBODY);
            assertThat(trip.confiture().verify(trip.target(), List.of()).agrees()).isTrue();
            trip.confiture().cutover(trip.target(), RoundTrip.CUTOVER);
            databases.onTarget("INSERT INTO notes VALUES (5, 'changed', 'since')");
            assertThat(ReverseHops.run(folder, trip.target(), 1).differences()).isEmpty();
            PreflightItem rows = changedRows(trip);
            assertThat(rows.verdict()).isEqualTo(Verdict.GOOD);
            assertThat(rows.found()).startsWith("1 since the cutover");

            // Of both rows, only the one that was changed since is looked at.
            damage(databases.rawSource(), "damaged");
            // What was seen is looked at again, however often and however much is changed.
            for (int attempt = 1; attempt <= 2; attempt++) {
                mustFail(
                        () -> trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK),
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                            assertThat(failure)
                                    .hasMessageContaining("both sides differ in old_notes");
                        });
                databases.onSource("UPDATE confiture.verification SET changed_keys = 1000000");
                databases.onTarget("INSERT INTO notes VALUES (10 + %d, '', '')".formatted(attempt));
            }
            trip.mustHoldWhatIsOurs(Side.NEW);
            rows = changedRows(trip);
            assertThat(rows.verdict()).isEqualTo(Verdict.WARNING);
            assertThat(rows.found()).contains("minutes ago both sides were seen to differ there");

            databases.onTarget("UPDATE notes SET body = 'again' WHERE id = 5");
            assertThat(trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK).kind())
                    .isEqualTo("done");
            assertThat(databases.rawSource().value("SELECT body FROM old_notes WHERE id = 5"))
                    .isEqualTo("again");
        }
    }

    /** As if so much had been changed since the cutover that nobody can name it any more. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aComparisonThatIsPromisedIsMadeOrMissed(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = RoundTrip.migrated(folder, databases, NOBODY);
            assertThat(trip.confiture().verify(trip.target(), List.of()).agrees()).isTrue();
            trip.confiture().cutover(trip.target(), RoundTrip.CUTOVER);
            databases.onSource("UPDATE confiture.verification SET changed_keys = 1000000");
            databases.onTarget("INSERT INTO notes VALUES (5, 'changed', 'since')");
            mustFail(
                    () -> trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK),
                    failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                        assertThat(failure).hasMessageContaining("so many rows were changed");
                        assertThat(failure.hint()).startsWith("Run it again");
                    });
            PreflightItem rows = changedRows(trip);
            assertThat(rows.found()).isEqualTo("are not compared in the pause");
            assertThat(trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK).kind())
                    .isEqualTo("done");
        }
    }

    private static void damage(TestDatabase old, String body) throws Exception {
        old.execute(
                """
                ALTER TABLE old_notes DISABLE TRIGGER USER;
                UPDATE old_notes SET body = '%s';
                ALTER TABLE old_notes ENABLE ALWAYS TRIGGER confiture_fence_rows,
                    ENABLE ALWAYS TRIGGER confiture_fence_statements;
                """
                        .formatted(body));
    }

    private static PreflightItem changedRows(RoundTrip trip) {
        return trip.confiture().rollback(trip.target(), options(true, false)).preflight().stream()
                .filter(item -> item.check().equals(CHANGED_ROWS))
                .findFirst()
                .orElseThrow();
    }

    private RoundTrip cutOver(TwoDatabases databases) throws Exception {
        RoundTrip trip = RoundTrip.migrated(folder, databases, NOBODY);
        assertThat(trip.confiture().cutover(trip.target(), RoundTrip.CUTOVER).kind())
                .isEqualTo("done");
        return trip;
    }

    private static void mustFail(ThrowingCallable call, Consumer<ConfitureException> check) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ConfitureException.class, check);
    }
}
