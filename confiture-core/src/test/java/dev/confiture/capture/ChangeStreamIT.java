package dev.confiture.capture;

import static dev.confiture.capture.CapturedSource.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.change.CapturedTable;
import dev.confiture.change.Due;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TcpProxy;
import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeStreamIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";
    private static final CapturedTable T = table("t", "id");
    private static final String CANCEL = "SELECT pg_cancel_backend(%s)";
    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, name text);";
    private static final int BOUND = 2_000;
    private static final String WAITS_FOR_STANDBY =
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

    private static final String WAITS_FOR_LOCK =
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND datname = current_database() AND query LIKE '%peek_binary_changes%'";

    /** Four transactions, whose log is worth reading at once. */
    private static final String LARGE =
            IntStream.range(0, 4)
                    .mapToObj(
                            part ->
                                    "BEGIN; INSERT INTO t SELECT generate_series(%d, %d); COMMIT;"
                                            .formatted(part * 10_000 + 1, (part + 1) * 10_000))
                    .collect(Collectors.joining());

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aLargeTransactionTakesLittleMemory(PostgresVersion version) throws Exception {
        try (CapturedSource source =
                CapturedSource.on(version, TABLE).keysInMemory(BOUND).capture(T)) {
            source.execute(
                    "INSERT INTO t SELECT n FROM generate_series(1, 200000) n;"
                            + "UPDATE t SET name = 'x' WHERE id <= 1000");
            source.execute("INSERT INTO t VALUES (0)");
            Due due = source.next();
            assertThat(source.keysOf(due, T)).hasSize(200_001);
            assertThat(due.spilled()).doesNotHaveDuplicates();
            assertThat(due.transactions()).isEqualTo(2);
            assertThat(due.keys().size()).isLessThanOrEqualTo(BOUND);
            assertThat(source.allSpilledParts())
                    .isNotEmpty()
                    .allSatisfy(part -> assertThat(part.size()).isLessThanOrEqualTo(BOUND + 1));
            Due nothing = source.next();
            assertThat(nothing.transactions()).isZero();
            assertThat(nothing.spilled()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aBacklogOfSmallTransactionsTakesLittleMemory(PostgresVersion version) throws Exception {
        try (CapturedSource source =
                CapturedSource.on(version, TABLE).keysInMemory(BOUND).capture(T)) {
            source.execute(
                    IntStream.rangeClosed(1, 5_000)
                            .mapToObj(id -> "BEGIN; INSERT INTO t VALUES (" + id + "); COMMIT;")
                            .collect(Collectors.joining()));
            Due due = source.next();
            assertThat(source.keysOf(due, T)).hasSize(5_000);
            assertThat(due.transactions()).isEqualTo(5_000);
            assertThat(due.keys().size()).isLessThanOrEqualTo(BOUND);
            assertThat(source.allSpilledParts()).hasSizeLessThan(100);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aSpilledTransactionWaitsForItsSnapshotToo(PostgresVersion version) throws Exception {
        try (CapturedSource source =
                CapturedSource.on(version, TABLE).keysInMemory(BOUND).capture(T)) {
            TransactionSnapshot before = source.snapshot();
            source.execute("INSERT INTO t SELECT n FROM generate_series(1, 10000) n");
            Due early = source.upTo(before);
            assertThat(early.spilled()).isEmpty();
            assertThat(early.keys().isEmpty()).isTrue();
            Due late = source.next();
            assertThat(late.spilled()).hasSize(1);
            assertThat(source.keysOf(late, T)).hasSize(10_000);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatWaitsIsReadAtOnceAndTheStreamGoesOn(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T)) {
            source.end();
            source.execute(LARGE);
            source.start();
            Waiting.until(() -> source.waited() > 40_000);
            source.execute("INSERT INTO t VALUES (-1)");
            Due due = source.next();
            assertThat(due.transactions()).isEqualTo(5);
            assertThat(due.spilled()).isEmpty();
            assertThat(source.keysOf(due, T)).hasSize(40_001).contains("{-1}", "{1}", "{40000}");

            source.drain().confirm(due.position());
            source.restart();
            assertThat(source.next().transactions()).isZero();
            assertThat(source.waited()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void noStreamIsNeededForWhatWaits(PostgresVersion version) throws Exception {
        CountDownLatch streams = new CountDownLatch(1);
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T)) {
            source.end();
            source.execute(LARGE);
            source.openStreamsAfter(streams).startAtRest();
            Due due = source.next();
            assertThat(source.keysOf(due, T)).hasSize(40_000);
            // Confirmed before there is a stream, and closed before it is open.
            source.drain().confirm(due.position());
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> source.stream().close());
            streams.countDown();
            closed.get(30, TimeUnit.SECONDS);
            source.restart();
            assertThat(source.next().transactions()).isZero();
            assertThat(source.waited()).isZero();
        } finally {
            streams.countDown();
        }
    }

    /** What the source gathers may take minutes; nobody is to wait for it who was told to stop. */
    @Test
    void aStopEndsTheReadingOfWhatWaits() throws Exception {
        try (CapturedSource source = CapturedSource.on(PostgresVersion.NEWEST, TABLE).capture(T);
                Connection other = source.database().connect()) {
            source.end();
            source.execute(LARGE);
            source.startAtRest();
            other.setAutoCommit(false);
            execute(other.createStatement(), "LOCK TABLE pg_publication_rel");
            TransactionSnapshot snapshot = source.snapshot();
            CompletableFuture<Due> next =
                    CompletableFuture.supplyAsync(() -> source.upTo(snapshot));
            TestDatabase database = source.database();
            Waiting.until(() -> database.number(WAITS_FOR_LOCK) == 1);
            source.stop().request();
            assertThatThrownBy(() -> next.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ConfitureException.class);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void manySmallTransactionsThatWaitTakeLittleMemory(PostgresVersion version) throws Exception {
        try (CapturedSource source =
                CapturedSource.on(version, TABLE).keysInMemory(BOUND).capture(T)) {
            source.end();
            source.execute(
                    IntStream.rangeClosed(1, 20_000)
                            .mapToObj(id -> "BEGIN; INSERT INTO t VALUES (" + id + "); COMMIT;")
                            .collect(Collectors.joining()));
            source.start();
            Due due = source.next();
            assertThat(source.waited()).isGreaterThan(3 * 20_000 - 1);
            assertThat(due.transactions()).isEqualTo(20_000);
            assertThat(due.keys().size()).isLessThanOrEqualTo(BOUND);
            assertThat(source.keysOf(due, T)).hasSize(20_000).contains("{1}", "{20000}");
            assertThat(source.allSpilledParts()).hasSizeLessThan(100);
        }
    }

    /** Its commit is in the log already, but no snapshot sees it before it may go on. */
    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatWaitsIsHandedOutToWhoSeesItOnly(PostgresVersion version) throws Exception {
        try (PostgresServer server = PostgresServer.builder(version).start();
                CapturedSource source = CapturedSource.on(server, TABLE).capture(T);
                Connection invisible = source.database().connect();
                Statement insert = invisible.createStatement()) {
            TestDatabase database = source.database();
            source.end();
            source.execute(LARGE);
            database.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
            database.execute("SELECT pg_reload_conf()");
            Waiting.until(() -> database.value("SHOW synchronous_standby_names").equals("nobody"));
            CompletableFuture<Void> inserted =
                    CompletableFuture.runAsync(() -> execute(insert, "INSERT INTO t VALUES (-1)"));
            Waiting.until(() -> database.number(WAITS_FOR_STANDBY) == 1);

            source.start();
            assertThat(source.nextKeys(T)).hasSize(40_000).doesNotContain("{-1}");
            assertThat(source.waited()).isGreaterThan(40_001);
            database.execute("ALTER SYSTEM RESET synchronous_standby_names");
            database.execute("SELECT pg_reload_conf()");
            inserted.get(30, TimeUnit.SECONDS);
            assertThat(source.nextKeys(T)).containsExactly("{-1}");
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * The server ends a connection of which it has heard nothing for {@code wal_sender_timeout}.
     */
    @ParameterizedTest
    @MethodSource(VERSIONS)
    void theSourceHearsOfUsWhileNobodyTakesWhatCame(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).keysInMemory(BOUND)) {
            source.execute(
                    "ALTER DATABASE \""
                            + source.database().name()
                            + "\" SET wal_sender_timeout = '1s'");
            source.capture(T);
            assertServedFor(source, Duration.ofSeconds(4));
            source.execute("INSERT INTO t VALUES (0)");
            assertThat(source.nextKeys(T)).hasSize(1);

            source.execute(
                    IntStream.rangeClosed(1, 20_000)
                            .mapToObj(id -> "BEGIN; INSERT INTO t VALUES (" + id + "); COMMIT;")
                            .collect(Collectors.joining()));
            assertServedFor(source, Duration.ofSeconds(4));
            assertThat(source.nextKeys(T)).hasSize(20_000);
        }
    }

    private static void assertServedFor(CapturedSource source, Duration time) {
        String process = source.slotValue("active_pid");
        Awaitility.await()
                .during(time)
                .atMost(time.multipliedBy(3))
                .until(() -> process.equals(source.slotValue("active_pid")));
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aConnectionThatTheServerEndsIsAFailureForEver(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T)) {
            TransactionSnapshot snapshot = source.snapshot();
            source.execute("SELECT pg_terminate_backend(" + source.slotValue("active_pid") + ")");
            assertLost(source, snapshot);
            assertLost(source, snapshot);
            source.execute("INSERT INTO t VALUES (1)");
            source.restart();
            assertThat(source.nextKeys(T)).containsExactly("{1}");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aStreamThatTheServerFailsToReadIsOpenedAgain(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T)) {
            source.execute("INSERT INTO t VALUES (1)");
            assertThat(source.nextKeys(T)).containsExactly("{1}");
            for (int key = 2; key < 5; key++) {
                source.execute("INSERT INTO t VALUES (" + key + ")");
                source.execute(CANCEL.formatted(source.slotValue("active_pid")));
                int times = key;
                Waiting.until(() -> source.opened() == times);
                source.execute("UPDATE t SET id = id + 100 WHERE id = " + key);
                assertThat(source.nextKeys(T)).containsExactly("{10" + key + "}", "{" + key + "}");
            }
        }
    }

    @Test
    void aServerThatFailsAtTheSamePlaceIsAFailure() throws Exception {
        try (CapturedSource source = CapturedSource.on(PostgresVersion.NEWEST, TABLE).capture(T)) {
            source.execute(CANCEL.formatted(source.slotValue("active_pid")));
            Waiting.until(() -> source.opened() == 2);
            Waiting.until(() -> source.slotValue("active").equals("t"));
            source.execute(CANCEL.formatted(source.slotValue("active_pid")));
            assertLost(source, source.snapshot());
            assertThat(source.opened()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatIsCutIsAFailure() throws Exception {
        PostgresServer server = PostgresServer.shared(PostgresVersion.NEWEST);
        try (TcpProxy proxy = TcpProxy.inFrontOf(server);
                CapturedSource source =
                        CapturedSource.on(server, TABLE)
                                .replicationThrough(proxy.host(), proxy.port())
                                .capture(T)) {
            source.execute("INSERT INTO t VALUES (1)");
            assertThat(source.nextKeys(T)).hasSize(1);
            TransactionSnapshot snapshot = source.snapshot();
            proxy.cut();
            assertLost(source, snapshot);
        }
    }

    @Test
    void aConnectionIntoNowhereIsAFailure() throws Exception {
        PostgresServer server = PostgresServer.shared(PostgresVersion.NEWEST);
        try (TcpProxy proxy = TcpProxy.inFrontOf(server);
                CapturedSource source =
                        CapturedSource.on(server, TABLE)
                                .replicationThrough(proxy.host(), proxy.port())) {
            source.execute(
                    "ALTER DATABASE \""
                            + source.database().name()
                            + "\" SET wal_sender_timeout = '1s'");
            source.capture(T);
            TransactionSnapshot snapshot = source.snapshot();
            proxy.stall();
            assertLost(source, snapshot);
        }
    }

    @Test
    void aServerThatCrashesIsAFailure() throws Exception {
        try (PostgresServer server = PostgresServer.builder(PostgresVersion.NEWEST).start();
                CapturedSource source = CapturedSource.on(server, TABLE).capture(T)) {
            TransactionSnapshot snapshot = source.snapshot();
            server.kill();
            assertLost(source, snapshot);
        }
    }

    /** A server that is stopped waits until all that it has sent is confirmed. */
    @ParameterizedTest
    @MethodSource(VERSIONS)
    @Timeout(50)
    void aServerThatIsStoppedDoesNotWaitForUs(PostgresVersion version) throws Exception {
        try (PostgresServer server = PostgresServer.builder(version).start();
                CapturedSource source = CapturedSource.on(server, TABLE).capture(T)) {
            source.execute("INSERT INTO t VALUES (1)");
            source.drain().confirm(source.next().position());
            source.execute("INSERT INTO t VALUES (2)");
            TransactionSnapshot snapshot = source.snapshot();
            Thread hops =
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            assertThatThrownBy(
                                                            () -> {
                                                                while (true) {
                                                                    source.upTo(snapshot);
                                                                }
                                                            })
                                                    .isInstanceOf(ConfitureException.class));
            server.stop();
            hops.join();
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void aStopIsHeardWhileNothingComes() throws Exception {
        PostgresServer server = PostgresServer.shared(PostgresVersion.NEWEST);
        try (TcpProxy proxy = TcpProxy.inFrontOf(server);
                CapturedSource source =
                        CapturedSource.on(server, TABLE)
                                .replicationThrough(proxy.host(), proxy.port())
                                .capture(T)) {
            TransactionSnapshot snapshot = source.snapshot();
            proxy.stall();
            Thread.ofVirtual().start(source.stop()::request);
            assertThatThrownBy(() -> source.upTo(snapshot))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aSpillThatFailsEndsTheReader(PostgresVersion version) throws Exception {
        try (CapturedSource source =
                CapturedSource.on(version, TABLE)
                        .keysInMemory(BOUND)
                        .spillInto(
                                (xid, keys) -> {
                                    throw new ConfitureException(
                                            ErrorCode.TARGET_FAILED, "disk full", "more disk");
                                })
                        .capture(T)) {
            source.execute("INSERT INTO t SELECT n FROM generate_series(1, 10000) n");
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(source::next)
                        .isInstanceOfSatisfying(
                                ConfitureException.class,
                                failure -> {
                                    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
                                    assertThat(failure.hint()).isEqualTo("more disk");
                                })
                        .hasMessage("disk full");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aTableThatNoLongerFitsEndsTheRun(PostgresVersion version) throws Exception {
        assertChanged(
                version,
                "ALTER TABLE t RENAME COLUMN id TO number; INSERT INTO t VALUES (1)",
                "t: the stream of changes no longer has column id");
        assertChanged(
                version,
                "ALTER TABLE t RENAME TO renamed; INSERT INTO renamed VALUES (1)",
                "renamed, a table that is not part of the migration");
        assertChanged(
                version,
                "CREATE UNIQUE INDEX other ON t (code); ALTER TABLE t REPLICA IDENTITY USING INDEX"
                        + " other; INSERT INTO t VALUES (1)",
                "t: its replica identity no longer covers column id");
    }

    private static void assertChanged(PostgresVersion version, String change, String message)
            throws Exception {
        String script = "CREATE TABLE t (id int PRIMARY KEY, code int NOT NULL DEFAULT 0)";
        try (CapturedSource source = CapturedSource.on(version, script).capture(T)) {
            source.execute(change);
            assertThatThrownBy(source::next)
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CHANGED))
                    .hasMessageContaining(message);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aTableThatWasPublishedBesidesEndsTheRun(PostgresVersion version) throws Exception {
        CapturedTable besides = table("besides", "id");
        String script = TABLE + "CREATE TABLE besides (id int PRIMARY KEY)";
        try (CapturedSource source =
                CapturedSource.on(version, script)
                        .captureAndPublish(List.of(T.table(), besides.table()), T)) {
            source.execute("INSERT INTO besides VALUES (1)");
            assertThatThrownBy(source::next)
                    .hasMessageContaining("besides, a table that is not part of the migration");
        }
    }

    private static void assertLost(CapturedSource source, TransactionSnapshot snapshot) {
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                source.upTo(snapshot);
                            }
                        })
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure ->
                                assertThat(failure.code())
                                        .isIn(
                                                ErrorCode.SOURCE_FAILED,
                                                ErrorCode.SOURCE_UNREACHABLE))
                .hasMessageMatching("(lost the stream of changes|source): .*");
        assertThatThrownBy(source.stream()::mustBeAlive).isInstanceOf(ConfitureException.class);
    }
}
