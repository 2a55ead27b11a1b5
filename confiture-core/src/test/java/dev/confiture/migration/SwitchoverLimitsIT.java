package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.RollbackOptions;
import dev.confiture.TwoDatabases;
import dev.confiture.cutover.Deadline;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Direction;
import dev.confiture.live.SwitchingWriters.Side;
import dev.confiture.migration.CutoverRequest.Afterwards;
import dev.confiture.migration.CutoverRequest.Extent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes beyond --max-pause or --max-wal is given up, and nothing is lost by it. */
class SwitchoverLimitsIT {
    private static final Duration MAX_PAUSE = Duration.ofSeconds(3);

    private static final String WAITERS =
            "SELECT count(*) FROM pg_locks WHERE NOT granted"
                    + " AND relation = 'confiture.switchover'::regclass";

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aDecisionThatWouldComeTooLateIsNotMade(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = RoundTrip.migrated(folder, databases, List.of());
            HeldLedger held = new HeldLedger(databases.rawTarget());
            mustBeGivenUp(() -> cutover(trip, held), "the pause would have become too long");
            held.mustHaveBeenWaitedFor();
            assertThat(trip.confiture().status(trip.target()).phase()).isEqualTo("following");
            trip.mustHoldWhatIsOurs(Side.OLD);
            databases.onSource("INSERT INTO old_notes (id, writer) VALUES (1, 'goes on')");
            assertThat(LiveHops.run(folder, trip.target(), 1).differences()).isEmpty();
        }
    }

    private CutoverReport cutover(RoundTrip trip, HeldLedger held) {
        return new SwitchoverPhase(
                        Direction.FORWARD,
                        new EnvironmentLoader(folder, folder, Map.of()),
                        ProgressListener.SILENT,
                        new StopSignal(),
                        step -> {
                            if (step.equals("pause: sequences")) {
                                held.hold();
                            }
                        })
                .run(
                        trip.target(),
                        new CutoverRequest(
                                MAX_PAUSE,
                                Extent.WHOLE,
                                Afterwards.KEEP_IN_STEP,
                                Confiture.DEFAULT_MAX_WAL));
    }

    /** Keeps the decision waiting until the pause has become too long. */
    private static final class HeldLedger {
        private final TestDatabase target;
        private final CountDownLatch isHeld = new CountDownLatch(1);
        private CompletableFuture<Void> ended = new CompletableFuture<>();

        HeldLedger(TestDatabase target) {
            this.target = target;
        }

        void hold() {
            Deadline over = Deadline.in(MAX_PAUSE);
            ended = CompletableFuture.runAsync(() -> holdUntil(over));
            Awaitility.await().until(() -> isHeld.getCount() == 0 || ended.isDone());
        }

        private void holdUntil(Deadline over) {
            try (Connection holder = target.connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE confiture.switchover IN SHARE MODE");
                isHeld.countDown();
                Awaitility.await().until(() -> over.isOver() && target.number(WAITERS) > 0);
                holder.commit();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        void mustHaveBeenWaitedFor() {
            assertThat(ended).isCompleted();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void tooMuchWalKeepsTheSlotAndSoTheChanges(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = RoundTrip.migrated(folder, databases, List.of());
            databases.onSource("INSERT INTO old_notes (id, writer) VALUES (1, 'waits')");
            CutoverOptions noWal =
                    new CutoverOptions(Duration.ofSeconds(5), false, false, false, 1);
            mustBeGivenUp(
                    () -> trip.confiture().cutover(trip.target(), noWal),
                    "the source keeps more WAL for this migration than the 1 MB of --max-wal");
            trip.mustHoldWhatIsOurs(Side.OLD);
            trip.confiture().cutover(trip.target(), RoundTrip.CUTOVER);

            databases.onTarget("INSERT INTO notes VALUES (2, 'waits', 'too')");
            RollbackOptions noWalBack = new RollbackOptions(Duration.ofSeconds(5), false, false, 1);
            mustBeGivenUp(
                    () -> trip.confiture().rollback(trip.target(), noWalBack),
                    "the target keeps more WAL for this migration than the 1 MB of --max-wal");
            trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK);
            assertThat(databases.rawSource().number("SELECT count(*) FROM old_notes")).isEqualTo(3);
        }
    }

    private static void mustBeGivenUp(ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                            assertThat(failure).hasMessageContaining(why);
                        });
    }
}
