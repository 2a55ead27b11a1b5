package dev.confiture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.error.ErrorCode;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TcpProxy;
import dev.confiture.sandbox.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeartbeatIT {
    private static final String AT_WORK =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name LIKE 'confiture %' AND query LIKE ";

    private static final Duration LONGEST = Duration.ofSeconds(1);

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whoWaitsForAServerThatIsSilentIsToldSo(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase made = server.createDatabase();
                TcpProxy network = TcpProxy.inFrontOf(server)) {
            Database database = SourceAt.port(network.port(), made);
            try (Session session = database.open("test");
                    Heartbeat _ = Heartbeat.of(database, LONGEST)) {
                CompletableFuture<Long> waiting =
                        CompletableFuture.supplyAsync(
                                () -> session.execute("SELECT pg_sleep(3600)"));
                awaitStatement(made, "pg_sleep");
                network.stall();
                assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .hasMessageContaining("source: the connection broke: no answer for 1 s")
                        .hasFieldOrPropertyWithValue("code", ErrorCode.SOURCE_FAILED);
            }
            network.resume();
        }
    }

    /** Nobody asks any more whether its server is there. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aSessionThatIsOpenedAfterTheOthersWereDroppedGoesWithThem(PostgresVersion version)
            throws Exception {
        try (TestDatabase made = PostgresServer.shared(version).createDatabase()) {
            Database database = SourceAt.port(made.port(), made);
            database.drop("no answer for 1 s");
            assertThatThrownBy(() -> database.open("test"))
                    .hasMessageContaining("source: the connection broke: no answer for 1 s");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aStatementMayTakeLongerThanTheServerMayBeSilent(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase made = server.createDatabase()) {
            Database database = SourceAt.port(made.port(), made);
            try (Session session = database.open("test");
                    Heartbeat _ = Heartbeat.of(database, LONGEST)) {
                assertThat(session.execute("SELECT pg_sleep(4)")).isZero();
            }
        }
    }

    /** The session that asks must not wait for ever itself, wherever the silence begins. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aServerThatFallsSilentWhileASessionIsOpenedIsNotWaitedFor(PostgresVersion version)
            throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase made = server.createDatabase();
                TcpProxy network = TcpProxy.inFrontOf(server)) {
            Database database = SourceAt.port(network.port(), made);
            database.open("test", LONGEST).close();
            long before = network.forwardedBytes();
            database.open("test", LONGEST).close();
            long bytes = network.forwardedBytes() - before;
            for (int tenths = 1; tenths < 10; tenths += 2) {
                network.stallAfter(bytes * tenths / 10);
                CompletableFuture<Session> opened =
                        CompletableFuture.supplyAsync(() -> database.open("test", LONGEST));
                assertThatThrownBy(() -> opened.get(30, TimeUnit.SECONDS))
                        .as("after %s tenths of %s bytes", tenths, bytes)
                        .isInstanceOf(ExecutionException.class);
                network.resume();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void anEndedHeartbeatOfALivingServerEndsNothing(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase made = server.createDatabase()) {
            Database database = SourceAt.port(made.port(), made);
            try (Session session = database.open("test");
                    Heartbeat _ = Heartbeat.of(database, LONGEST)) {
                awaitStatement(made, "SELECT 1");
                made.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE application_name = 'confiture heartbeat'"
                                + " AND datname = current_database()");
                awaitStatement(made, "SELECT 1");
                assertThat(session.execute("SELECT 1")).isZero();
            }
        }
    }

    private static void awaitStatement(TestDatabase database, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> database.number(AT_WORK + "'%" + text + "%'") > 0);
    }
}
