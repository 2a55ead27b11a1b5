package dev.confiture.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.TwoDatabases;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.verify.RowDifference.Kind;
import dev.confiture.verify.VerifyReport.TableResult;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows are compared whatever their tables, keys and types look like. */
class VerifiedShapesIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void rowsWithoutAKeyAreCountedAsOftenAsTheyAreThere(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (n int, x text)")
                    .onSource("INSERT INTO t VALUES (1, 'a'), (1, 'a'), (2, ''), (NULL, NULL)")
                    .onTarget("INSERT INTO t VALUES (1, 'a'), (2, ''), (2, ''), (NULL, NULL)");
            TableResult result = verify(both, "t: {}").tables().getFirst();
            assertThat(result.sourceRows()).isEqualTo(result.targetRows());
            assertThat(result.missing()).isEqualTo(1);
            assertThat(result.unexpected()).isEqualTo(1);
            assertThat(result.rows())
                    .allSatisfy(row -> assertThat(row.key()).startsWith("md5 ").hasSize(36));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void manyChunksFindWhatIsWrongAtTheirEndsAndBeyond(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            "CREATE TABLE old (id int PRIMARY KEY, x text);"
                                    + " INSERT INTO old SELECT n, 'x' || n"
                                    + " FROM generate_series(1, 35000) n")
                    .onTarget(
                            "CREATE TABLE new (id bigint PRIMARY KEY, x text);"
                                    + " INSERT INTO new SELECT n, 'x' || n"
                                    + " FROM generate_series(1, 35000) n");
            String mapping = "old: {target_table: new}";
            TableResult equal = verify(both, mapping).tables().getFirst();
            assertThat(equal.agrees()).isTrue();
            assertThat(equal.chunks()).isGreaterThan(1);
            both.onTarget(
                    "DELETE FROM new WHERE id IN (1, 35000);"
                            + " UPDATE new SET x = 'y' WHERE id IN (10000, 10001);"
                            + " INSERT INTO new VALUES (-9000000000, 'x'), (9000000000, 'x')");
            assertThat(verify(both, mapping).tables().getFirst().rows())
                    .extracting(RowDifference::kind, RowDifference::key)
                    .containsExactlyInAnyOrder(
                            tuple(Kind.MISSING, "1"),
                            tuple(Kind.MISSING, "35000"),
                            tuple(Kind.DIFFERENT, "10000"),
                            tuple(Kind.DIFFERENT, "10001"),
                            tuple(Kind.UNEXPECTED, "-9000000000"),
                            tuple(Kind.UNEXPECTED, "9000000000"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void textKeysThatBothSidesSortDifferentlyAreEqual(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            String rows =
                    " INSERT INTO t SELECT chr(65 + n % 26 + 32 * (n % 2)) || n, n"
                            + " FROM generate_series(1, 25000) n";
            both.onSource("CREATE TABLE t (k text COLLATE \"C\" PRIMARY KEY, n int);" + rows)
                    .onTarget(
                            "CREATE TABLE t (k text COLLATE \"en-x-icu\" PRIMARY KEY, n int);"
                                    + rows);
            assertThat(verify(both, "t: {}").agrees()).isTrue();
            both.onTarget("UPDATE t SET n = 0 WHERE n = 24000");
            assertThat(verify(both, "t: {}").tables().getFirst().rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.columns()).containsExactly("n"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void entriesThatShareATableAreComparedTogether(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            "CREATE TABLE a (id int PRIMARY KEY, x text);"
                                    + " CREATE TABLE b (id int PRIMARY KEY, x text, only_b text);"
                                    + " INSERT INTO a SELECT n, 'a' FROM generate_series(1, 50) n;"
                                    + " INSERT INTO b SELECT n, 'b', '' FROM"
                                    + " generate_series(1, 50) n")
                    .onTarget(
                            "CREATE TABLE ab (origin text, id int, x text, only_b text,"
                                    + " PRIMARY KEY (origin, id));"
                                    + " INSERT INTO ab SELECT o, n, o,"
                                    + " CASE o WHEN 'b' THEN '' END"
                                    + " FROM generate_series(1, 50) n, unnest('{a,b}'::text[]) o");
            String mapping =
                    """
                    a: {target_table: ab, key: [origin, id], expressions: {origin: "'a'"}}
                    b: {target_table: ab, key: [origin, id], expressions: {origin: "'b'"}}
                    """;
            VerifyReport equal = verify(both, mapping);
            assertThat(equal.agrees()).isTrue();
            assertThat(equal.notes()).isEmpty();
            both.onTarget(
                    "UPDATE ab SET x = 'b' WHERE origin = 'a' AND id = 7;"
                            + " UPDATE ab SET origin = 'c' WHERE origin = 'b' AND id = 8");
            assertThat(verify(both, mapping).tables().getFirst().rows())
                    .extracting(RowDifference::kind, RowDifference::key)
                    .containsExactlyInAnyOrder(
                            tuple(Kind.DIFFERENT, "a, 7"),
                            tuple(Kind.MISSING, "b, 8"),
                            tuple(Kind.UNEXPECTED, "c, 8"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatOnlySomeEntriesFeedIsComparedInTheirRowsAlone(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            "CREATE TABLE a (id int PRIMARY KEY, x text);"
                                    + " CREATE TABLE b (id int PRIMARY KEY, x text, paid boolean,"
                                    + " note char(5));"
                                    + " INSERT INTO a SELECT n, 'a' FROM generate_series(1, 50) n;"
                                    + " INSERT INTO b SELECT n, 'b', n % 3 = 0,"
                                    + " CASE WHEN n % 5 > 0 THEN 'n' END"
                                    + " FROM generate_series(101, 150) n")
                    .onTarget(
                            "CREATE TABLE ab (id bigint PRIMARY KEY, x text, paid boolean"
                                    + " DEFAULT false, note text);"
                                    + " INSERT INTO ab SELECT n, 'a', false, 'filled by hand'"
                                    + " FROM generate_series(1, 50) n;"
                                    + " INSERT INTO ab SELECT n, 'b', n % 3 = 0,"
                                    + " CASE WHEN n % 5 > 0 THEN 'n' END"
                                    + " FROM generate_series(101, 150) n");
            String mapping = "a: {target_table: ab}\nb: {target_table: ab}\n";
            VerifyReport equal = verify(both, mapping);
            assertThat(equal.agrees()).isTrue();
            assertThat(equal.notes()).isEmpty();
            both.onTarget(
                    "UPDATE ab SET paid = NULL WHERE id = 101;"
                            + " UPDATE ab SET note = 'm', paid = false WHERE id = 102;"
                            + " UPDATE ab SET note = 'n' WHERE id = 105;"
                            + " UPDATE ab SET note = NULL WHERE id IN (7, 106)");
            assertThat(verify(both, mapping).tables().getFirst().rows())
                    .extracting(RowDifference::kind, RowDifference::key, RowDifference::columns)
                    .containsExactlyInAnyOrder(
                            tuple(Kind.DIFFERENT, "101", List.of("paid")),
                            tuple(Kind.DIFFERENT, "102", List.of("paid", "note")),
                            tuple(Kind.DIFFERENT, "105", List.of("note")),
                            tuple(Kind.DIFFERENT, "106", List.of("note")));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void withoutAKeyWhatOnlySomeEntriesFeedIsSaidNotToBeCompared(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            "CREATE TABLE a (id int PRIMARY KEY);"
                                    + " CREATE TABLE b (id int PRIMARY KEY, only_b text)")
                    .onTarget("CREATE TABLE ab (id int, only_b text)");
            assertThat(verify(both, "a: {target_table: ab}\nb: {target_table: ab}\n").notes())
                    .singleElement()
                    .asString()
                    .contains("only_b");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatTheTargetsTypesMakeOfAValueIsNoDifference(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            "CREATE TABLE t (id int PRIMARY KEY, n numeric, d text, c text,"
                                    + " v text, s timestamp, m text, a numeric[]);"
                                    + " INSERT INTO t VALUES (1, 2.345, '12', 'ab', 'abc   ',"
                                    + " '2024-01-01 00:00:00.6', 'sad', '{1.234,2}')")
                    .onTarget(
                            "CREATE DOMAIN amount AS numeric(10, 2);"
                                    + " CREATE TYPE mood AS ENUM ('sad', 'glad');"
                                    + " CREATE TABLE t (id bigint PRIMARY KEY, n numeric(10, 1),"
                                    + " d amount, c character(5), v varchar(3),"
                                    + " s timestamp(0), m mood, a numeric(10, 2)[]);"
                                    + " INSERT INTO t VALUES (1, 2.345, '12', 'ab', 'abc   ',"
                                    + " '2024-01-01 00:00:00.6', 'sad', '{1.234,2}')");
            assertThat(verify(both, "t: {}").agrees()).isTrue();
            both.onTarget("UPDATE t SET n = 2.4, d = 12.01, s = '2024-01-01 00:00:00', m = 'glad'");
            assertThat(verify(both, "t: {}").tables().getFirst().rows())
                    .singleElement()
                    .satisfies(
                            row -> assertThat(row.columns()).containsExactly("n", "d", "s", "m"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void constraintsThatWereSilentAndSequencesThatAreBehindAreFound(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            String rows = " INSERT INTO t (id, place) VALUES (1, 1), (2, 2), (3, NULL), (4, NULL)";
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, place int);" + rows)
                    .onTarget(
                            "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
                                    + " place int CONSTRAINT places UNIQUE DEFERRABLE);"
                                    + rows
                                    + "; SELECT setval('t_id_seq', 4)");
            assertThat(verify(both, "t: {}").agrees()).isTrue();
            both.onBoth(
                    "SET session_replication_role = replica; UPDATE t SET place = 1;"
                            + " RESET session_replication_role");
            both.onTarget("SELECT setval('t_id_seq', 3)");
            VerifyReport report = verify(both, "t: {}");
            assertThat(report.tables().getFirst().agrees()).isTrue();
            assertThat(report.uniqueConstraints())
                    .containsExactly(new VerifyReport.Duplicates("places", "t", 3));
            assertThat(report.sequences())
                    .extracting(
                            VerifyReport.SequenceResult::next,
                            VerifyReport.SequenceResult::reached,
                            VerifyReport.SequenceResult::behind)
                    .containsExactly(tuple("4", "4", true));
            assertThat(report.agrees()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aSampleLooksAtSomeChunksAndCountsLookAtNoValue(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(
                            "CREATE TABLE t (id int PRIMARY KEY, x int);"
                                    + " INSERT INTO t SELECT n, n FROM generate_series(1, 35000) n")
                    .onTarget("UPDATE t SET x = 0 WHERE id = 1");
            VerifyReport counts =
                    verify(
                            both,
                            "t: {}",
                            new VerifyScope(
                                    List.of(), new Thoroughness(true, 100), OnDifference.REPORT));
            assertThat(counts.agrees()).isTrue();
            assertThat(counts.complete()).isFalse();
            TableResult sample =
                    verify(
                                    both,
                                    "t: {}",
                                    new VerifyScope(
                                            List.of(),
                                            new Thoroughness(false, 50),
                                            OnDifference.REPORT))
                            .tables()
                            .getFirst();
            assertThat(sample.targetRows()).isBetween(1L, 34_999L);
        }
    }

    static VerifyReport verify(TwoDatabases both, String mapping) {
        return verify(both, mapping, VerifyScope.EVERYTHING);
    }

    private static VerifyReport verify(TwoDatabases both, String mapping, VerifyScope scope) {
        return new Verification(
                        both.source(), both.target(), ProgressListener.SILENT, new StopSignal())
                .run(
                        both.resolve(mapping + "\n"),
                        both.sourceCatalog(),
                        both.targetCatalog(),
                        scope,
                        List.of());
    }
}
