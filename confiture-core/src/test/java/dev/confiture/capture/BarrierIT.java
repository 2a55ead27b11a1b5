package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.TwoDatabases;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.CreatedSlot;
import dev.confiture.postgres.ReplicationConnection;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

// A slot can be dropped only once the connection that made it is closed.
@SuppressWarnings("try")
class BarrierIT {
    private static final ReplicationSlot SLOT = new ReplicationSlot("confiture_barrier_test");

    static Stream<PostgresVersion> versions() {
        return TwoDatabases.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void nothingIsWaitedForWhereEveryCommitIsVisible(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase();
                Session session = TwoDatabases.asSource(database).open("test");
                ReplicationConnection connection =
                        TwoDatabases.asSource(database).openReplication("capture")) {
            CreatedSlot slot =
                    SLOT.create(
                            connection,
                            session,
                            Duration.ofSeconds(20),
                            ProgressListener.SILENT,
                            new StopSignal());
            // A transaction that the slot will send is none of the barrier's business.
            try (Connection busy = database.connect();
                    Statement statement = busy.createStatement()) {
                statement.execute("BEGIN; CREATE TABLE t (id int)");

                TransactionSnapshot past =
                        Barrier.await(session, slot.snapshot(), new StopSignal());

                assertThat(past.text()).matches("\\d+:\\d+:[\\d,]*");
            }
            connection.close();
            SLOT.drop(session, new StopSignal());
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void waitsForACommitThatTheSlotTakesForPastButNobodySeesYet(PostgresVersion version)
            throws Exception {
        try (PostgresServer server = PostgresServer.builder(version).start();
                TestDatabase database = server.createDatabase();
                Session session = TwoDatabases.asSource(database).open("test");
                ReplicationConnection connection =
                        TwoDatabases.asSource(database).openReplication("capture")) {
            database.execute("CREATE TABLE t (id int)");
            CompletableFuture<CreatedSlot> slot =
                    slotThatKnowsAnInvisibleCommit(database, session, connection);
            String snapshot = slot.get(30, TimeUnit.SECONDS).snapshot();
            assertThat(database.count("t")).isZero();

            assertGivesWayToAStop(session, snapshot);

            CompletableFuture<TransactionSnapshot> passed =
                    CompletableFuture.supplyAsync(
                            () -> Barrier.await(session, snapshot, new StopSignal()));
            long asked = statements(database, session);
            Waiting.until(() -> passed.isDone() || statements(database, session) > asked + 20);
            assertThat(passed).isNotDone();

            database.execute("ALTER SYSTEM RESET synchronous_standby_names");
            database.execute("SELECT pg_reload_conf()");
            assertThat(passed.get(30, TimeUnit.SECONDS).text()).isNotEmpty();
            assertThat(database.count("t")).isOne();
            connection.close();
            SLOT.drop(session, new StopSignal());
        }
    }

    private static void assertGivesWayToAStop(Session session, String snapshot) {
        StopSignal stop = new StopSignal();
        stop.request();
        assertThatThrownBy(() -> Barrier.await(session, snapshot, stop))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
    }

    /** Changes whenever the session begins another statement. */
    private static long statements(TestDatabase database, Session session) throws SQLException {
        return database.number(
                "SELECT (extract(epoch FROM query_start) * 1000)::bigint FROM pg_stat_activity"
                        + " WHERE pid = "
                        + session.backendPid());
    }

    /**
     * The server finds a slot's first consistent point in steps, at each of which it waits for the
     * transactions of that moment. One that begins after the last such step and commits while the
     * server waits counts as committed; for want of a standby it stays invisible.
     *
     * @see <a
     *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/replication/logical/snapbuild.c">snapbuild.c</a>
     */
    private static CompletableFuture<CreatedSlot> slotThatKnowsAnInvisibleCommit(
            TestDatabase database, Session session, ReplicationConnection connection)
            throws Exception {
        OpenTransaction first = OpenTransaction.on(database);
        CompletableFuture<CreatedSlot> slot =
                CompletableFuture.supplyAsync(
                        () ->
                                SLOT.create(
                                        connection,
                                        session,
                                        Duration.ofSeconds(60),
                                        ProgressListener.SILENT,
                                        new StopSignal()));
        first.awaitSlotWaiting();
        OpenTransaction second = OpenTransaction.on(database);
        first.rollBack();
        second.awaitSlotWaiting();

        database.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        database.execute("SELECT pg_reload_conf()");
        Waiting.until(() -> database.value("SHOW synchronous_standby_names").equals("nobody"));
        Thread.ofVirtual().start(() -> insertInto(database));
        Waiting.until(
                () ->
                        database.number(
                                        "SELECT count(*) FROM pg_stat_activity"
                                                + " WHERE wait_event = 'SyncRep'")
                                == 1);
        second.rollBack();
        return slot;
    }

    private static void insertInto(TestDatabase database) {
        try {
            database.execute("INSERT INTO t VALUES (1)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
