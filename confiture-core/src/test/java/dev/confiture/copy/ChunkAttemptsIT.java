package dev.confiture.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkAttemptsIT {
    private static final String GOODS = "CREATE TABLE goods (id integer PRIMARY KEY, name text);";
    private static final String ROWS =
            "INSERT INTO goods SELECT n, 'n' || n FROM generate_series(1, 900) n; ANALYZE goods";

    /** Who waits for a lock looks for a deadlock once, after this time. */
    private static final String IMPATIENT =
            "DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = 700',"
                    + " current_database()); END$$";

    private static final Duration POLL = Duration.ofMillis(20);

    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

    static Stream<Arguments> versionsAndStrategies() {
        return TwoDatabases.versions()
                .flatMap(
                        version ->
                                Stream.of("copy", "fdw")
                                        .map(strategy -> Arguments.of(version, strategy)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndStrategies")
    void aChunkThatLosesADeadlockIsCopiedAgain(PostgresVersion version, String strategy)
            throws Exception {
        try (TwoDatabases both =
                        TwoDatabases.on(version).onBoth(GOODS).onSource(ROWS).onTarget(IMPATIENT);
                Adversary adversary = new Adversary(both.rawTarget())) {
            Confiture confiture =
                    setUp(
                            both,
                            event -> {
                                if (event.equals(new ProgressEvent.StepStarted("copy"))) {
                                    adversary.meet();
                                }
                            });

            confiture.migrate(both.rawTarget().dsn(), null, options(strategy));
            adversary.await();

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("entry goods, chunk 0: target: deadlock detected")
                    .endsWith("[SQLSTATE 40P01]; the chunk is copied again (attempt 2 of 6)");
            assertThat(both.rawTarget().rows("SELECT * FROM goods ORDER BY id"))
                    .isEqualTo(both.rawSource().rows("SELECT * FROM goods ORDER BY id"));
            assertThat(both.rawTarget().value("SELECT sum(rows) FROM confiture.chunk"))
                    .isEqualTo("900");
        }
    }

    @ParameterizedTest
    @CsvSource({"40001,copy", "55P03,fdw"})
    void aChunkThatIsRefusedTimeAndAgainStopsTheRun(String state, String strategy)
            throws SQLException {
        try (TwoDatabases both =
                TwoDatabases.on(PostgresVersion.NEWEST)
                        .onBoth(GOODS)
                        .onSource(ROWS)
                        .onTarget(refusal(state))) {
            Confiture confiture = setUp(both, ProgressListener.SILENT);

            ConfitureException failure =
                    catchThrowableOfType(
                            ConfitureException.class,
                            () ->
                                    confiture.migrate(
                                            both.rawTarget().dsn(), null, options(strategy)));

            assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
            assertThat(failure.getMessage())
                    .startsWith("entry goods, chunk 0: target: not now")
                    .endsWith("[SQLSTATE " + state + "], at each of 6 attempts");
            assertThat(failure.hint()).contains("run `migrate` again");
            assertThat(both.rawTarget().value("SELECT last_value FROM attempts")).isEqualTo("6");
            assertThat(warnings).hasSize(5);

            both.onTarget(
                    "CREATE OR REPLACE FUNCTION refuse(id integer) RETURNS boolean"
                            + " LANGUAGE sql AS 'SELECT true'");
            confiture.migrate(both.rawTarget().dsn(), null, options(strategy));
            assertThat(both.rawTarget().count("goods")).isEqualTo(900);
        }
    }

    /** A constraint that counts how often row 7 comes; a sequence is not rolled back. */
    private static String refusal(String state) {
        return """
        CREATE SEQUENCE attempts;
        CREATE FUNCTION refuse(id integer) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
            IF id = 7 THEN
                PERFORM nextval('public.attempts');
                RAISE EXCEPTION 'not now' USING ERRCODE = '%s';
            END IF;
            RETURN true;
        END $$;
        ALTER TABLE goods ADD CONSTRAINT refused CHECK (refuse(id));
        """
                .formatted(state);
    }

    private Confiture setUp(TwoDatabases both, ProgressListener listener) {
        Confiture confiture =
                Confiture.open(
                        new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                        event -> {
                            if (event instanceof ProgressEvent.Warning(String text)) {
                                warnings.add(text);
                            }
                            listener.on(event);
                        },
                        new StopSignal());
        confiture.setup(
                both.rawSource().dsn(), both.rawTarget().dsn(), new SetupOptions(true, false));
        return confiture;
    }

    private static MigrateOptions options(String strategy) {
        return new MigrateOptions(strategy, 1, false, false);
    }

    /**
     * Holds what the chunk's transaction needs last, its row of the ledger, and then wants what it
     * has, the table that it writes to.
     */
    private static final class Adversary implements AutoCloseable {
        private final Connection connection;
        private final Statement statement;
        private CompletableFuture<Void> met = new CompletableFuture<>();

        Adversary(TestDatabase target) throws SQLException {
            connection =
                    DriverManager.getConnection(
                            "jdbc:postgresql://%s:%d/%s?user=postgres"
                                    .formatted(target.host(), target.port(), target.name()));
            statement = connection.createStatement();
            statement.execute("SET deadlock_timeout = '10s'");
        }

        void meet() {
            run("BEGIN; SELECT FROM confiture.chunk WHERE number = 0 FOR UPDATE");
            met =
                    CompletableFuture.runAsync(
                            () -> {
                                Awaitility.await().pollInterval(POLL).until(this::somebodyWaits);
                                run("LOCK TABLE public.goods IN ACCESS EXCLUSIVE MODE; ROLLBACK");
                            });
        }

        void await() {
            met.join();
        }

        private boolean somebodyWaits() throws SQLException {
            try (ResultSet row =
                    statement.executeQuery(
                            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
                                    + " AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))")) {
                return row.next() && row.getBoolean(1);
            }
        }

        private void run(String sql) {
            try {
                statement.execute(sql);
            } catch (SQLException cause) {
                throw new IllegalStateException(cause);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
