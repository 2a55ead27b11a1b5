package dev.confiture.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.TwoDatabases;
import dev.confiture.error.ErrorCode;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TcpProxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The target's server reads the source through its foreign server, and the source goes. */
class LinkLossIT {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final String READ = "SELECT * FROM public.t";

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aTargetThatWaitsForASilentSourceIsNotWaitedFor(PostgresVersion version) throws Exception {
        try (TwoDatabases both = linked(version);
                TcpProxy network = TcpProxy.inFrontOf(both.rawSource().server())) {
            both.onTarget("ALTER SERVER old OPTIONS (SET port '" + network.port() + "')");
            Ends ends = new Ends(SourceAt.port(network.port(), both.rawSource()), both.target());
            try (Session session = ends.openLinked("test");
                    Heartbeat _ = Heartbeat.of(ends.source(), LONGEST)) {
                session.execute(READ);
                network.stall();
                CompletableFuture<Long> waiting =
                        CompletableFuture.supplyAsync(() -> session.execute(READ));
                assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .hasMessageContaining("source: the connection broke: no answer for 1 s")
                        .hasFieldOrPropertyWithValue("code", ErrorCode.SOURCE_FAILED);
            }
            network.resume();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aSourceThatEndsTheTargetsConnectionIsNamed(PostgresVersion version) throws Exception {
        try (TwoDatabases both = linked(version);
                Session session = both.target().open("test")) {
            session.execute("BEGIN");
            session.execute(READ);
            both.onSource(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                            + " WHERE application_name = 'postgres_fdw'"
                            + " AND datname = current_database()");
            assertThatThrownBy(() -> session.execute(READ))
                    .hasMessageContaining("source: the connection that the target has to it broke")
                    .hasFieldOrPropertyWithValue("code", ErrorCode.SOURCE_FAILED);
        }
    }

    private static TwoDatabases linked(PostgresVersion version) throws Exception {
        TwoDatabases both = TwoDatabases.on(version);
        both.onSource("CREATE TABLE t (id int)");
        both.onTarget(
                """
                CREATE EXTENSION postgres_fdw;
                CREATE SERVER old FOREIGN DATA WRAPPER postgres_fdw
                    OPTIONS (host 'localhost', port '%d', dbname '%s');
                CREATE USER MAPPING FOR postgres SERVER old OPTIONS (user 'postgres');
                CREATE FOREIGN TABLE t (id int) SERVER old;
                """
                        .formatted(both.rawSource().port(), both.rawSource().name()));
        return both;
    }
}
