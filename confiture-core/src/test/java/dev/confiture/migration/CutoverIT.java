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
import dev.confiture.live.SwitchingWriters.Kind;
import dev.confiture.live.SwitchingWriters.Side;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application changes sides, and no commit is lost or doubled. */
class CutoverIT {
    /** What a side holds of ours. */
    private static final String TRACES =
            """
            SELECT (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'confiture%')
                + (SELECT count(*) FROM pg_proc WHERE proname = 'deny_write')
            """;

    private static final String SCHEMA =
            "SELECT count(*) FROM pg_namespace WHERE nspname = 'confiture'";

    private static final String CAPTURE =
            """
            SELECT (SELECT count(*) FROM pg_publication)
                + (SELECT count(*) FROM pg_replication_slots WHERE database = current_database())
            """;

    /** With these, two cores that do nothing else carry more than 1,000 commits in a second. */
    private static final int CROWD = Integer.getInteger("confiture.test.crowd", 8);

    private static final PauseDistribution PAUSES = new PauseDistribution();

    @TempDir private Path folder;

    @AfterAll
    static void tellOfThePauses() {
        PAUSES.print();
    }

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    private static CutoverOptions options(int maxPauseSeconds) {
        return new CutoverOptions(
                Duration.ofSeconds(maxPauseSeconds), false, false, true, Confiture.DEFAULT_MAX_WAL);
    }

    /** More of them by {@code -Dconfiture.test.cutovers=N}, so many for each version. */
    static Stream<PostgresVersion> cutovers() {
        int each = Integer.getInteger("confiture.test.cutovers", 1);
        return TwoDatabases.versions()
                .flatMap(version -> Stream.generate(() -> version).limit(each));
    }

    @ParameterizedTest
    @MethodSource("cutovers")
    void everyAcknowledgedCommitIsOnTheNewSide(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            TestDatabase old = databases.rawSource();
            TestDatabase next = databases.rawTarget();
            try (Connection held = old.connect();
                    SwitchingWriters writers =
                            SwitchingWriters.on(
                                    old, next, Side.OLD, 0, SwitchingWriters.crowd(CROWD))) {
                writers.awaitAllOn(Side.OLD);
                writers.longestPause();
                long before = writers.commits();
                long began = System.nanoTime();

                CutoverReport report = confiture().cutover(target, options(5));

                double seconds = (System.nanoTime() - began) / 1e9;
                long offered = writers.commits() - before;
                writers.awaitAllOn(Side.NEW);
                assertThat(writers.failures()).isEmpty();
                PAUSES.add(version, offered / seconds, report, writers.longestPause());
                mustBeRefused(held, "INSERT INTO old_notes (id, writer) VALUES (-1, 'late')");
                writers.end();
                CommitLedger.mustHold(writers, old, next, List.of(Kind.values()));
            }
        }
    }

    private static void mustBeRefused(Connection connection, String statement) {
        assertThatThrownBy(
                        () -> {
                            try (Statement sql = connection.createStatement()) {
                                sql.execute(statement);
                            }
                        })
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> {
                            assertThat(failure.getSQLState()).isEqualTo("25006");
                            assertThat(failure.getMessage())
                                    .contains("`confiture s2s cutover --target TARGET --dry-run`");
                        });
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aTransactionThatHoldsALockEndsItWithoutATrace(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            TestDatabase old = databases.rawSource();
            try (Connection open = old.connect();
                    Statement statement = open.createStatement()) {
                open.setAutoCommit(false);
                statement.execute("INSERT INTO old_notes (id, writer) VALUES (1, 'slow')");
                assertThatThrownBy(() -> confiture().cutover(target, options(1)))
                        .isInstanceOfSatisfying(
                                ConfitureException.class,
                                failure -> {
                                    assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                                    assertThat(failure.getMessage()).contains("old_notes is held");
                                });
                open.commit();
            }
            old.execute("INSERT INTO old_notes (id, writer) VALUES (2, 'goes on')");
            assertThat(old.number(TRACES) + old.number(SCHEMA)).isZero();
            assertThat(databases.rawTarget().number(TRACES)).isZero();
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theOldSideIsKeptInStepThroughItsFenceAndCleanupRemovesEverything(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            TestDatabase old = databases.rawSource();
            old.execute("INSERT INTO old_notes VALUES (1, 'before', 'one', 'its own')");
            assertThat(confiture().verify(target, List.of()).agrees()).isTrue();
            old.execute("INSERT INTO visits VALUES (7, '2026-03-04', 'after the verify')");
            CutoverOptions withWayBack =
                    new CutoverOptions(
                            Duration.ofSeconds(5), false, false, false, Confiture.DEFAULT_MAX_WAL);
            assertThat(confiture().cutover(target, withWayBack).kind()).isEqualTo("done");
            databases.onTarget(
                    "UPDATE notes SET body = 'changed' WHERE id = 1;"
                            + " INSERT INTO notes VALUES (2, 'after', 'two')");

            StopSignal stop = new StopSignal();
            CompletableFuture<FollowReport> following =
                    CompletableFuture.supplyAsync(
                            () ->
                                    Confiture.open(
                                                    new Settings(folder, folder, Map.of()),
                                                    ProgressListener.SILENT,
                                                    stop)
                                            .follow(
                                                    target,
                                                    new Confiture.FollowOptions(
                                                            Confiture.DEFAULT_MAX_WAL)));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(
                            () ->
                                    following.isDone()
                                            || old.number("SELECT count(*) FROM old_notes") == 2);
            stop.request();
            assertThat(following.get().rows()).isEqualTo(2);
            assertThat(old.rows("SELECT * FROM old_notes ORDER BY id"))
                    .containsExactly(
                            List.of("1", "before", "changed", "its own"),
                            List.of("2", "after", "two", "kept"));

            confiture().cleanup(target, false);
            for (TestDatabase side : List.of(old, databases.rawTarget())) {
                assertThat(side.number(TRACES) + side.number(SCHEMA) + side.number(CAPTURE))
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRehearsalMeasuresAndLetsGo(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            TestDatabase old = databases.rawSource();
            try (SwitchingWriters writers =
                    SwitchingWriters.on(
                            old, databases.rawTarget(), Side.OLD, 0, List.of(Kind.values()))) {
                writers.awaitAllOn(Side.OLD);
                CutoverReport report =
                        confiture()
                                .cutover(
                                        target,
                                        new CutoverOptions(
                                                Duration.ofSeconds(5),
                                                false,
                                                true,
                                                true,
                                                Confiture.DEFAULT_MAX_WAL));
                assertThat(report.kind()).isEqualTo("rehearsed");
                assertThat(report.writesGoTo()).isNull();
                assertThat(report.pauseMilliseconds()).isPositive();
                writers.awaitAllOn(Side.OLD);
                assertThat(writers.failures()).isEmpty();
                for (Kind kind : Kind.values()) {
                    assertThat(writers.acknowledged(kind, Side.NEW)).isEmpty();
                }
            }
            assertThat(old.number(TRACES) + old.number(SCHEMA)).isZero();
            assertThat(databases.rawTarget().number(TRACES)).isZero();
        }
    }

    private String migrated(TwoDatabases databases) throws Exception {
        databases.onSource(SwitchingWriters.OLD).onTarget(SwitchingWriters.NEW);
        SwitchingWriters.prepare(databases.rawSource(), databases.rawTarget());
        String target = databases.rawTarget().dsn();
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), SwitchingWriters.MAPPING);
        confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        confiture().migrate(target, mapping, new MigrateOptions("auto", 2, false, false));
        return target;
    }
}
