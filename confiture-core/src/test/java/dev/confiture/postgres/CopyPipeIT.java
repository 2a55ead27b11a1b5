package dev.confiture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confiture.TwoDatabases;
import dev.confiture.error.ErrorCode;
import dev.confiture.sandbox.PostgresVersion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CopyPipeIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";
    private static final String IN = "COPY public.t FROM STDIN";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void rowsArriveUnchangedAndAreCounted(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id int, what text)")
                    .onSource(
                            """
                            INSERT INTO t
                            SELECT n, repeat(chr(n % 100 + 1) || E'\\t\\n\\\\', n % 50)
                            FROM generate_series(1, 20000) n;
                            INSERT INTO t VALUES (0, NULL), (-1, ''), (-2, '\\.'), (-3, '\\N');
                            """);
            CopyPipe.Transfer moved = copy(both, "COPY public.t TO STDOUT", IN);
            assertThat(moved.rows()).isEqualTo(20_004);
            String digest = "SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM t";
            assertThat(both.rawTarget().value(digest)).isEqualTo(both.rawSource().value(digest));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void anEmptyTableAndATableWithoutColumnsArriveToo(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t ()");
            assertThat(copy(both, "COPY public.t TO STDOUT", IN))
                    .isEqualTo(new CopyPipe.Transfer(0, 0));
            both.onSource("INSERT INTO t SELECT FROM generate_series(1, 3)");
            assertThat(copy(both, "COPY public.t TO STDOUT", IN).rows()).isEqualTo(3);
            assertThat(both.rawTarget().count("t")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aRefusalOfTheTargetIsTheTargetsErrorAndKeepsNothing(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int)")
                    .onSource("INSERT INTO t SELECT generate_series(1, 200000)")
                    .onTarget("CREATE TABLE t (id int CHECK (id <> 150000))");
            assertThatThrownBy(() -> copy(both, "COPY public.t TO STDOUT", IN))
                    .isInstanceOfSatisfying(
                            SqlFailure.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
                                assertThat(failure.sqlState()).isEqualTo("23514");
                            })
                    .hasMessageContaining("line 150000");
            assertThat(both.rawTarget().count("t")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aValueThatTheTargetCannotReadIsPlacedButNotShown(PostgresVersion version)
            throws Exception {
        for (String type : List.of("int", "json", "date", "mood", "uuid", "varchar(9)")) {
            try (TwoDatabases both = TwoDatabases.on(version)) {
                both.onSource("CREATE TABLE t (a text)")
                        .onSource("INSERT INTO t VALUES (NULL), ('[\"a \"secret\", secret')")
                        .onTarget("CREATE TYPE mood AS ENUM ('sad')")
                        .onTarget("CREATE TABLE t (a " + type + ")");
                assertThatThrownBy(() -> copy(both, "COPY public.t TO STDOUT", IN))
                        .isInstanceOfSatisfying(
                                SqlFailure.class,
                                failure -> assertThat(failure.sqlState()).startsWith("22"))
                        .hasMessageContaining("line 2, column a")
                        .hasMessageNotContaining("secret");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aFailureOfTheSourceInTheMiddleIsTheSourcesErrorAndKeepsNothing(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget("CREATE TABLE t (id int)");
            assertThatThrownBy(
                            () ->
                                    copy(
                                            both,
                                            "COPY (SELECT 1 / (n - 150000)"
                                                    + " FROM generate_series(1, 200000) n)"
                                                    + " TO STDOUT",
                                            IN))
                    .isInstanceOfSatisfying(
                            SqlFailure.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
                                assertThat(failure.sqlState()).isEqualTo("22012");
                            });
            assertThat(both.rawTarget().count("t")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aStatementThatDoesNotEvenStartIsTheErrorOfItsEnd(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int)");
            assertThatThrownBy(() -> copy(both, "COPY public.none TO STDOUT", IN))
                    .isInstanceOfSatisfying(
                            SqlFailure.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED));
            assertThatThrownBy(() -> copy(both, "COPY public.t TO STDOUT", IN))
                    .isInstanceOfSatisfying(
                            SqlFailure.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aSourceThatBreaksAwayIsNotTheEndOfTheRows(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget("CREATE TABLE t (id int)");
            CompletableFuture<CopyPipe.Transfer> copy =
                    CompletableFuture.supplyAsync(
                            () ->
                                    copy(
                                            both,
                                            "COPY (SELECT n FROM generate_series(1, 1000) n"
                                                    + " UNION ALL SELECT 1 FROM pg_sleep(120))"
                                                    + " TO STDOUT",
                                            IN));
            String sleeps = "wait_event = 'PgSleep' AND datname = current_database()";
            await().until(
                            () ->
                                    both.rawSource()
                                                    .number(
                                                            "SELECT count(*) FROM pg_stat_activity"
                                                                    + " WHERE "
                                                                    + sleeps)
                                            > 0);
            both.onSource("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + sleeps);
            assertThatThrownBy(copy::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            SqlFailure.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED));
            assertThat(both.rawTarget().count("t")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void rowsOfEightMegabytesNeedLittleHeap(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id int, what text)")
                    .onSource("ALTER TABLE t ALTER what SET STORAGE EXTERNAL")
                    .onSource(
                            "INSERT INTO t SELECT n, repeat('12345678', 1 << 20)"
                                    + " FROM generate_series(1, 12) n");
            CopyPipe.Transfer moved;
            long most;
            try (LiveHeap heap = LiveHeap.watch()) {
                moved = copy(both, "COPY public.t TO STDOUT", IN);
                most = heap.growth();
            }
            assertThat(moved.rows()).isEqualTo(12);
            assertThat(moved.bytes()).isGreaterThan(12L * (8 << 20));
            // All rows together have 100 MB; one of them may be on its way, in two buffers.
            assertThat(most).isLessThan(64L << 20);
            assertThat(both.rawTarget().number("SELECT sum(length(what)) FROM t"))
                    .isEqualTo(12L * (8 << 20));
        }
    }

    private static CopyPipe.Transfer copy(TwoDatabases both, String copyOut, String copyIn) {
        try (Session source = both.source().open("test");
                Session target = both.target().open("test")) {
            return target.inTransaction(() -> CopyPipe.run(source, copyOut, target, copyIn));
        }
    }
}
