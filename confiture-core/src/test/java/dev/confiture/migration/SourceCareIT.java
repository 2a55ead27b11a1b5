package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CopyLimits;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The copy is held back while the source has more urgent work. */
class SourceCareIT {
    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theCopyPausesWhileTooManySessionsAreAtWork(PostgresVersion version) throws Exception {
        // A server of its own: on a shared one the sessions of other tests count, too.
        try (PostgresServer server = PostgresServer.builder(version).start();
                TestDatabase old = server.createDatabase();
                TestDatabase neu = server.createDatabase()) {
            List<String> warnings = new CopyOnWriteArrayList<>();
            Confiture confiture = setUp(old, neu, warnings);
            CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> sleep(old), OWN_THREAD);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> old.number(AT_WORK) == 1);
            MigrateOptions options =
                    options(new CopyLimits(0, Duration.ZERO, 1), Confiture.DEFAULT_MAX_WAL);
            // One more than allowed: the session that looks counts as one of ours, not as theirs.
            CompletableFuture<Void> more = CompletableFuture.runAsync(() -> sleep(old), OWN_THREAD);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> old.number(AT_WORK) == 2);
            CompletableFuture<MigrateReport> migrating =
                    CompletableFuture.supplyAsync(
                            () ->
                                    confiture.migrate(
                                            neu.dsn(), folder.resolve("mapping.yaml"), options),
                            OWN_THREAD);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> confiture.status(neu.dsn()).pause() != null);
            assertThat(neu.count("items")).isZero();

            old.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE query = 'SELECT pg_sleep(3600)'");
            migrating.get(2, TimeUnit.MINUTES);
            assertThat(busy).isCompletedExceptionally();
            assertThat(more).isCompletedExceptionally();
            assertThat(neu.count("items")).isEqualTo(5000);
            assertThat(confiture.status(neu.dsn()).pause()).isNull();
            assertThat(warnings)
                    .containsSubsequence(
                            "the copy pauses: too many sessions of the source are at work",
                            "the copy goes on");
            confiture.cleanup(neu.dsn(), true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theCopyPausesWhileAStandbyOfTheSourceIsBehind(PostgresVersion version) throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(version)
                                .setting("wal_receiver_status_interval", "1s")
                                .start();
                PostgresServer standby = server.startStandby();
                TestDatabase old = server.createDatabase();
                TestDatabase neu = server.createDatabase()) {
            List<String> warnings = new CopyOnWriteArrayList<>();
            Confiture confiture = setUp(old, neu, warnings);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> old.number(STREAMING) == 1);
            standby.database("postgres").execute("SELECT pg_wal_replay_pause()");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                old.execute("SELECT pg_logical_emit_message(true, 'other', 'x')");
                                return old.number(BEHIND) == 1;
                            });
            CompletableFuture<MigrateReport> migrating =
                    CompletableFuture.supplyAsync(
                            () ->
                                    confiture.migrate(
                                            neu.dsn(),
                                            folder.resolve("mapping.yaml"),
                                            options(
                                                    new CopyLimits(0, Duration.ofSeconds(2), 0),
                                                    Confiture.DEFAULT_MAX_WAL)),
                            OWN_THREAD);
            awaitWarning(warnings, "the copy pauses: a standby of the source is behind");
            assertThat(confiture.status(neu.dsn()).pause()).isNotNull();
            assertThat(neu.count("items")).isZero();

            standby.database("postgres").execute("SELECT pg_wal_replay_resume()");
            migrating.get(2, TimeUnit.MINUTES);
            assertThat(neu.count("items")).isEqualTo(5000);
            assertThat(warnings).contains("the copy goes on");
            confiture.cleanup(neu.dsn(), true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theCopyPausesWhileTheSourceKeepsMuchOfItsLogForUs(PostgresVersion version)
            throws Exception {
        try (PostgresServer server = PostgresServer.builder(version).start();
                TestDatabase old = server.createDatabase();
                TestDatabase neu = server.createDatabase()) {
            List<String> warnings = new CopyOnWriteArrayList<>();
            Confiture confiture = setUp(old, neu, warnings);
            CompletableFuture<Void> one = CompletableFuture.runAsync(() -> sleep(old), OWN_THREAD);
            CompletableFuture<Void> two = CompletableFuture.runAsync(() -> sleep(old), OWN_THREAD);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> old.number(AT_WORK) == 2);
            CompletableFuture<MigrateReport> migrating =
                    CompletableFuture.supplyAsync(
                            () ->
                                    confiture.migrate(
                                            neu.dsn(),
                                            folder.resolve("mapping.yaml"),
                                            options(new CopyLimits(0, Duration.ZERO, 1), 64 << 20)),
                            OWN_THREAD);
            awaitWarning(warnings, "the copy pauses: too many sessions of the source are at work");
            // A slot's log begins before the oldest transaction that has not ended.
            CompletableFuture<Void> open =
                    CompletableFuture.runAsync(
                            () ->
                                    execute(
                                            old,
                                            "SELECT pg_current_xact_id(); SELECT pg_sleep(3601)"),
                            OWN_THREAD);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> old.number(IN_TRANSACTION) == 1);
            old.execute(
                    "SELECT pg_logical_emit_message(false, 'other', repeat('x', 1000000))"
                            + " FROM generate_series(1, 40)");
            old.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE query = 'SELECT pg_sleep(3600)'");
            awaitWarning(warnings, "the copy pauses: the changes that wait take half of --max-wal");
            assertThat(neu.count("items")).isZero();
            old.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE query LIKE '%pg_sleep(3601)' AND backend_xid IS NOT NULL");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(
                            () -> {
                                // It notes which transactions run: the slot moves on with that.
                                old.execute("CHECKPOINT");
                                return migrating.isDone();
                            });
            assertThat(migrating).isCompleted();
            for (CompletableFuture<Void> ended : List.of(one, two, open)) {
                assertThat(ended).isCompletedExceptionally();
            }
            assertThat(neu.count("items")).isEqualTo(5000);
            assertThat(warnings).contains("the copy goes on");
            confiture.cleanup(neu.dsn(), true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRateLimitHoldsForBothStrategiesAndAllWorkers(PostgresVersion version) throws Exception {
        for (String strategy : List.of("copy", "fdw")) {
            try (TwoDatabases databases = TwoDatabases.on(version)) {
                TestDatabase neu = databases.rawTarget();
                Confiture confiture =
                        setUp(databases.rawSource(), neu, new CopyOnWriteArrayList<>());
                CopyLimits limits = new CopyLimits(400_000, Duration.ofSeconds(10), 0);
                long began = System.nanoTime();
                confiture.migrate(
                        neu.dsn(),
                        folder.resolve("mapping.yaml"),
                        new MigrateOptions(
                                strategy,
                                2,
                                false,
                                false,
                                false,
                                Confiture.DEFAULT_MAX_WAL,
                                limits));
                // About 600 kB; what is slower than the limit is no failure.
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isGreaterThan(Duration.ofSeconds(1));
                assertThat(neu.count("items")).isEqualTo(5000);
                confiture.cleanup(neu.dsn(), true);
            }
        }
    }

    private static final String STREAMING =
            "SELECT count(*) FROM pg_stat_replication"
                    + " WHERE application_name = 'standby' AND state = 'streaming'";

    private static final String BEHIND =
            "SELECT count(*) FROM pg_stat_replication"
                    + " WHERE application_name = 'standby' AND replay_lag > interval '2 s'";

    private static final String IN_TRANSACTION =
            "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE backend_xid IS NOT NULL AND query LIKE '%pg_sleep(3601)'";

    private static final String AT_WORK =
            "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE query = 'SELECT pg_sleep(3600)' AND state = 'active'";

    /** A machine with two processors has one thread for all that is asynchronous. */
    private static final Executor OWN_THREAD = task -> Thread.ofVirtual().start(task);

    private static MigrateOptions options(CopyLimits limits, long maxWal) {
        return new MigrateOptions("copy", 2, false, false, false, maxWal, limits);
    }

    private Confiture setUp(TestDatabase old, TestDatabase neu, List<String> warnings)
            throws Exception {
        old.execute(
                "CREATE TABLE items (id integer PRIMARY KEY, text text);"
                        + " INSERT INTO items SELECT n, repeat('x', 100)"
                        + " FROM generate_series(1, 5000) n; ANALYZE");
        neu.execute("CREATE TABLE items (id bigint PRIMARY KEY, text text)");
        Files.writeString(folder.resolve("mapping.yaml"), "items: {}\n");
        Confiture confiture =
                Confiture.open(
                        new Settings(folder, folder, Map.of()),
                        event -> {
                            if (event instanceof ProgressEvent.Warning(String text)) {
                                warnings.add(text);
                            }
                        },
                        new StopSignal());
        confiture.setup(old.dsn(), neu.dsn(), new SetupOptions(false, false));
        return confiture;
    }

    private static void awaitWarning(List<String> warnings, String text) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> warnings.contains(text));
    }

    private static void sleep(TestDatabase database) {
        execute(database, "SELECT pg_sleep(3600)");
    }

    private static void execute(TestDatabase database, String script) {
        try {
            database.execute(script);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
