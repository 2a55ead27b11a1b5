package dev.confiture.verify;

import static dev.confiture.TwoDatabases.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.Catalog;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationIT {
    /** No test ends that waits for it. */
    private static final Duration LONG = Duration.ofHours(2);

    private static final String SLEEPS = "wait_event = 'PgSleep' AND datname = current_database()";
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void equalTablesAgree(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE old (id int); INSERT INTO old VALUES (1), (2)")
                    .onTarget("CREATE TABLE new (id int); INSERT INTO new VALUES (1), (2)");
            VerifyReport report = verify(both, both.carry("old", "new"));
            assertThat(report.agrees()).isTrue();
            assertThat(report.tables())
                    .extracting(
                            VerifyReport.TableResult::target,
                            VerifyReport.TableResult::entries,
                            VerifyReport.TableResult::sourceRows,
                            VerifyReport.TableResult::targetRows)
                    .containsExactly(tuple("new", List.of("old"), 2L, 2L));
            assertThat(report.foreignKeys()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aMissingRowIsADifferenceWithBothFigures(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2), (3)")
                    .onTarget("DELETE FROM t WHERE id = 2");
            VerifyReport report = verify(both, both.carry("t", "t"));
            assertThat(report.agrees()).isFalse();
            assertThat(report.tables())
                    .extracting(
                            VerifyReport.TableResult::target,
                            VerifyReport.TableResult::entries,
                            VerifyReport.TableResult::sourceRows,
                            VerifyReport.TableResult::targetRows)
                    .containsExactly(tuple("t", List.of("t"), 3L, 2L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void theEntriesOfAMergedTableAreAddedUp(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE a (id int); INSERT INTO a SELECT generate_series(1, 4)")
                    .onSource("CREATE TABLE b (id int); INSERT INTO b SELECT generate_series(5, 7)")
                    .onTarget("CREATE TABLE ab (id int); CREATE TABLE unmapped (id int)")
                    .onTarget("INSERT INTO ab SELECT generate_series(1, 7)")
                    .onTarget("INSERT INTO unmapped VALUES (1)");
            VerifyReport report = verify(both, both.carry("a", "ab"), both.carry("b", "ab"));
            assertThat(report.tables())
                    .extracting(
                            VerifyReport.TableResult::target,
                            VerifyReport.TableResult::entries,
                            VerifyReport.TableResult::sourceRows,
                            VerifyReport.TableResult::targetRows)
                    .containsExactly(tuple("ab", List.of("a", "b"), 7L, 7L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void heirsAreNotCountedAndPartitionsAre(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(
                    """
                    CREATE TABLE parent (id int);
                    CREATE TABLE child () INHERITS (parent);
                    INSERT INTO parent VALUES (1);
                    INSERT INTO child VALUES (2), (3);
                    CREATE TABLE parts (id int) PARTITION BY RANGE (id);
                    CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
                    CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (10) TO (20)
                        PARTITION BY RANGE (id);
                    CREATE TABLE parts_2a PARTITION OF parts_2 DEFAULT;
                    INSERT INTO parts VALUES (1), (11), (12), (13);
                    CREATE TABLE nothing ();
                    INSERT INTO nothing SELECT FROM generate_series(1, 5);
                    """);
            VerifyReport report =
                    verify(
                            both,
                            both.carry("parent", "parent"),
                            both.carry("parts", "parts"),
                            both.carry("nothing", "nothing"));
            assertThat(report.tables())
                    .extracting(
                            VerifyReport.TableResult::sourceRows,
                            VerifyReport.TableResult::targetRows)
                    .containsExactly(tuple(5L, 5L), tuple(1L, 1L), tuple(4L, 4L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aSelectionTakesEntriesAndTargetTables(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c ()")
                    .onTarget(
                            "CREATE TABLE x (id int); CREATE TABLE y (id int); CREATE TABLE c ()");
            Derivation[] all = {both.carry("a", "x"), both.carry("b", "y"), both.carry("c", "c")};
            assertThat(verify(both, List.of("a", "y"), all).tables())
                    .extracting(VerifyReport.TableResult::target)
                    .containsExactly("x", "y");
            assertThat(verify(both, List.of("public.c"), all).tables())
                    .extracting(VerifyReport.TableResult::target)
                    .containsExactly("c");
            assertThatThrownBy(() -> verify(both, List.of("z"), all))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND))
                    .hasMessageContaining("z");
            assertThatThrownBy(() -> verify(both, List.of("publik.c"), all))
                    .hasMessageContaining("publik.c");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aMappingFileIsCountedAsItIsCopied(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE "Old" (id bigint PRIMARY KEY, n numeric, at timestamp);
                            INSERT INTO "Old" SELECT n, n, now() FROM generate_series(1, 9) n;
                            """)
                    .onTarget(
                            """
                            CREATE TYPE mood AS ENUM ('sad');
                            CREATE TABLE new (id int PRIMARY KEY, "N" text, at timestamptz,
                                m mood, g int GENERATED ALWAYS AS (id + 1) STORED);
                            INSERT INTO new (id) SELECT generate_series(1, 8);
                            """);
            ResolvedMapping mapping =
                    both.resolve(
                            """
                            people:
                              source_table: '"Old"'
                              target_table: new
                              columns:
                                n: N
                            """);
            assertThat(
                            new Verification(
                                            both.source(),
                                            both.target(),
                                            ProgressListener.SILENT,
                                            new StopSignal())
                                    .run(
                                            mapping,
                                            both.sourceCatalog(),
                                            both.targetCatalog(),
                                            new VerifyScope(List.of("people")),
                                            List.of())
                                    .tables())
                    .extracting(
                            VerifyReport.TableResult::sourceRows,
                            VerifyReport.TableResult::targetRows)
                    .containsExactly(tuple(9L, 8L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aFailingSideIsAnErrorAndEndsTheOther(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            Runnable verification = readySlowly(both, new StopSignal());
            both.onSource("DROP TABLE t");
            assertThatThrownBy(verification::run)
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED))
                    .hasMessageContaining("\"public.t\" does not exist");
            awaitNobodySleeps(both.rawTarget());
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aBrokenConnectionIsAnErrorAndNotNoRows(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            CompletableFuture<Void> verification =
                    CompletableFuture.runAsync(readySlowly(both, new StopSignal()));
            awaitSleeper(both.rawTarget());
            both.onTarget("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + SLEEPS);
            assertThatThrownBy(verification::join)
                    .hasCauseInstanceOf(ConfitureException.class)
                    .cause()
                    .extracting(failure -> ((ConfitureException) failure).code())
                    .isEqualTo(ErrorCode.TARGET_FAILED);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aStopDoesNotWaitForALongCount(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            StopSignal stop = new StopSignal();
            CompletableFuture<Void> verification =
                    CompletableFuture.runAsync(readySlowly(both, stop));
            awaitSleeper(both.rawTarget());
            stop.request();
            assertThatThrownBy(verification::join)
                    .cause()
                    .extracting(failure -> ((ConfitureException) failure).code())
                    .isEqualTo(ErrorCode.INTERRUPTED);
            awaitNobodySleeps(both.rawTarget());
        }
    }

    /** A verification whose count on the target takes longer than any test may. */
    private static Runnable readySlowly(TwoDatabases both, StopSignal stop) throws SQLException {
        both.onBoth("CREATE TABLE t (id int)");
        ResolvedMapping mapping = mapping(both.carry("t", "t"));
        Catalog sourceCatalog = both.sourceCatalog();
        Catalog targetCatalog = both.targetCatalog();
        both.onTarget(
                "DROP TABLE t; CREATE VIEW t AS SELECT 1 AS id FROM pg_sleep(%d)"
                        .formatted(LONG.toSeconds()));
        return () ->
                new Verification(both.source(), both.target(), ProgressListener.SILENT, stop)
                        .run(
                                mapping,
                                sourceCatalog,
                                targetCatalog,
                                VerifyScope.EVERYTHING,
                                List.of());
    }

    private static void awaitSleeper(TestDatabase database) {
        await().until(() -> sleepers(database) > 0);
    }

    private static void awaitNobodySleeps(TestDatabase database) {
        await().until(() -> sleepers(database) == 0);
    }

    private static long sleepers(TestDatabase database) throws SQLException {
        return database.number("SELECT count(*) FROM pg_stat_activity WHERE " + SLEEPS);
    }

    static VerifyReport verify(TwoDatabases both, Derivation... entries) {
        return verify(both, List.of(), List.of(), entries);
    }

    static VerifyReport verify(TwoDatabases both, List<String> selected, Derivation... entries) {
        return verify(both, selected, List.of(), entries);
    }

    static VerifyReport verify(
            TwoDatabases both,
            List<String> selected,
            List<RemovedObject> takenOff,
            Derivation... entries) {
        return new Verification(
                        both.source(), both.target(), ProgressListener.SILENT, new StopSignal())
                .run(
                        mapping(entries),
                        both.sourceCatalog(),
                        both.targetCatalog(),
                        new VerifyScope(selected),
                        takenOff);
    }
}
