package dev.confiture.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.TwoDatabases;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.verify.RowDifference.Kind;
import dev.confiture.verify.VerifyReport.TableResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an entry computes is compared range by range, if the source finds its ranges. */
class VerifiedRangesIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    /** 40,000 customers in two regions. */
    private static final String ORDERS =
            """
            CREATE TABLE orders (id int PRIMARY KEY, region text, customer int, amount int);
            INSERT INTO orders
                SELECT n, CASE WHEN n % 40000 < 20000 THEN 'north' ELSE 'south' END, n % 40000, n
                FROM generate_series(1, 80000) n;
            """;

    private static final String TOTALS =
            """
            totals:
              source_table: orders
              target_table: totals
              key: [region, customer]
              ignore: [id]
              depends: {orders: [region, customer]}
              select: >
                SELECT region, customer, sum(amount) AS total FROM orders GROUP BY region, customer
            """;

    private static final String FILLED =
            """
            CREATE TABLE totals (region text, customer int, total bigint,
                                 PRIMARY KEY (region, customer));
            INSERT INTO totals
                SELECT CASE WHEN n < 20000 THEN 'north' ELSE 'south' END, n,
                       CASE n WHEN 0 THEN 120000 ELSE n + n + 40000 END
                FROM generate_series(0, 39999) n;
            """;

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void groupsAreComparedRangeByRange(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(ORDERS + "CREATE INDEX ON orders (region, customer); ANALYZE")
                    .onTarget(FILLED);
            TableResult equal = verify(both, TOTALS);
            assertThat(equal.agrees()).isTrue();
            assertThat(equal.chunks()).isGreaterThan(1);
            assertThat(equal.sourceRows()).isEqualTo(40_000);
            both.onTarget(
                    """
                    DELETE FROM totals WHERE customer IN (0, 39999);
                    UPDATE totals SET total = 1 WHERE customer IN (10000, 10001);
                    INSERT INTO totals VALUES ('east', -1, 1), ('west', 1, 1);
                    """);
            assertThat(verify(both, TOTALS).rows())
                    .extracting(RowDifference::kind, RowDifference::key)
                    .containsExactlyInAnyOrder(
                            tuple(Kind.MISSING, "north, 0"),
                            tuple(Kind.MISSING, "south, 39999"),
                            tuple(Kind.DIFFERENT, "north, 10000"),
                            tuple(Kind.DIFFERENT, "north, 10001"),
                            tuple(Kind.UNEXPECTED, "east, -1"),
                            tuple(Kind.UNEXPECTED, "west, 1"));
        }
    }

    /** Each range would read the whole table. */
    @ParameterizedTest
    @MethodSource(VERSIONS)
    void groupsThatNoIndexLeadsToAreComparedAtOnce(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(ORDERS + "ANALYZE").onTarget(FILLED);
            TableResult equal = verify(both, TOTALS);
            assertThat(equal.agrees()).isTrue();
            assertThat(equal.chunks()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void entriesThatAConstantTellsApartAreComparedRangeByRange(PostgresVersion version)
            throws Exception {
        String mapping =
                """
                a: {target_table: ab, key: [origin, id], expressions: {origin: "'a'"}}
                b: {target_table: ab, key: [origin, id], expressions: {origin: "'b'"}}
                """;
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE a (id int PRIMARY KEY, x text);
                            CREATE TABLE b (id int PRIMARY KEY, x text);
                            INSERT INTO a SELECT n, 'a' FROM generate_series(1, 25000) n;
                            INSERT INTO b SELECT n, 'b' FROM generate_series(1, 25000) n;
                            ANALYZE;
                            """)
                    .onTarget(
                            """
                            CREATE TABLE ab (origin text, id int, x text, PRIMARY KEY (origin, id));
                            INSERT INTO ab SELECT o, n, o
                                FROM generate_series(1, 25000) n, unnest('{a,b}'::text[]) o;
                            """);
            TableResult equal = verify(both, mapping);
            assertThat(equal.agrees()).isTrue();
            assertThat(equal.chunks()).isGreaterThan(1);
            both.onTarget(
                    """
                    DELETE FROM ab WHERE (origin, id) IN (('a', 1), ('a', 25000), ('b', 1));
                    UPDATE ab SET x = 'c' WHERE id = 10001;
                    UPDATE ab SET origin = 'c' WHERE (origin, id) = ('b', 25000);
                    """);
            assertThat(verify(both, mapping).rows())
                    .extracting(RowDifference::kind, RowDifference::key)
                    .containsExactlyInAnyOrder(
                            tuple(Kind.MISSING, "a, 1"),
                            tuple(Kind.MISSING, "a, 25000"),
                            tuple(Kind.MISSING, "b, 1"),
                            tuple(Kind.MISSING, "b, 25000"),
                            tuple(Kind.UNEXPECTED, "c, 25000"),
                            tuple(Kind.DIFFERENT, "a, 10001"),
                            tuple(Kind.DIFFERENT, "b, 10001"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aRowWhoseKeyIsNullLiesInOneRangeToo(PostgresVersion version) throws Exception {
        String mapping =
                """
                keys:
                  source_table: t
                  target_table: t
                  key: [k]
                  depends: {t: [k]}
                  select: SELECT k, id FROM t
                """;
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE);
                            INSERT INTO t SELECT n, nullif(n, 34999)
                                FROM generate_series(1, 35000) n;
                            ANALYZE;
                            """)
                    .onTarget(
                            """
                            CREATE TABLE t (k int PRIMARY KEY, id int);
                            INSERT INTO t SELECT n, n FROM generate_series(1, 35000) n
                                WHERE n <> 34999;
                            """);
            TableResult found = verify(both, mapping);
            assertThat(found.chunks()).isGreaterThan(1);
            assertThat(found.rows())
                    .extracting(RowDifference::kind, RowDifference::key)
                    .containsExactly(tuple(Kind.MISSING, "NULL"));
        }
    }

    private static TableResult verify(TwoDatabases both, String mapping) {
        return VerifiedShapesIT.verify(both, mapping).tables().getFirst();
    }
}
