package dev.confiture.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.change.KeyText;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnQueryKeysIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";
    private static final String RELATION = "public.orders";

    /** 20,000 customers with five orders each, in two regions. */
    private static final String ORDERS =
            """
            CREATE TABLE orders (id int PRIMARY KEY, region text, customer int, amount int);
            INSERT INTO orders
                SELECT n, CASE n % 2 WHEN 0 THEN 'north' ELSE 'south' END, n % 20000, n
                FROM generate_series(1, 100000) n;
            """;

    private static final String TOTALS = "CREATE TABLE totals (customer int PRIMARY KEY, n bigint)";
    private static final String MAPPING =
            """
            totals:
              source_table: orders
              key: [customer]
              ignore: [id, region, amount]
              depends: {orders: [customer]}
              select: SELECT customer, count(*) AS n FROM public.orders GROUP BY customer
            """;

    private static final List<String> MANY =
            IntStream.range(0, 5_000).mapToObj(id -> KeyText.of(List.of("" + 3 * id))).toList();

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void anIndexLeadsToTheKeys(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session source = both.source().open("test")) {
            both.onSource(ORDERS + "CREATE INDEX ON orders (customer); ANALYZE").onTarget(TOTALS);
            Derivation entry = entry(both, MAPPING);
            OwnQueryKeys keys = new OwnQueryKeys(entry, List.of(column("customer", 1, "integer")));
            String condition = keys.condition(source, RELATION, MANY);
            assertThat(condition).contains("= ANY");
            assertThat(rows(source, entry, condition)).isEqualTo(5_000);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void withoutAnIndexManyKeysAreHashed(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session source = both.source().open("test")) {
            both.onSource(ORDERS + "ANALYZE").onTarget(TOTALS);
            Derivation entry = entry(both, MAPPING);
            OwnQueryKeys keys = new OwnQueryKeys(entry, List.of(column("customer", 1, "integer")));
            String condition = keys.condition(source, RELATION, MANY);
            assertThat(condition).doesNotContain("= ANY");
            assertThat(rows(source, entry, condition)).isEqualTo(5_000);
            String few = keys.condition(source, RELATION, MANY.subList(0, 7));
            assertThat(few).contains("= ANY");
            assertThat(rows(source, entry, few)).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void ofAKeyOfSeveralColumnsTheOneLeadsThatAnIndexKnows(PostgresVersion version)
            throws Exception {
        String mapping =
                """
                totals:
                  source_table: orders
                  key: [region, customer]
                  ignore: [id, amount]
                  depends: {orders: [region, customer]}
                  select: >
                    SELECT region, customer, count(*) AS n FROM public.orders
                    GROUP BY region, customer
                """;
        try (TwoDatabases both = TwoDatabases.on(version);
                Session source = both.source().open("test")) {
            both.onSource(ORDERS + "CREATE INDEX ON orders (customer); ANALYZE")
                    .onTarget(
                            "CREATE TABLE totals (region text, customer int, n bigint,"
                                    + " PRIMARY KEY (region, customer))");
            Derivation entry = entry(both, mapping);
            OwnQueryKeys keys =
                    new OwnQueryKeys(
                            entry,
                            List.of(column("region", 1, "text"), column("customer", 2, "integer")));
            List<String> some =
                    IntStream.range(0, 1_000)
                            .mapToObj(id -> KeyText.of(List.of("north", "" + id)))
                            .toList();
            String condition = keys.condition(source, RELATION, some);
            assertThat(condition).contains("\"customer\" = ANY").doesNotContain("\"region\" = ANY");
            assertThat(rows(source, entry, condition)).isEqualTo(500);
        }
    }

    private static Derivation entry(TwoDatabases both, String mapping) {
        return both.resolve(mapping).derivations().getFirst();
    }

    private static KeyColumn column(String name, int position, String type) {
        return new KeyColumn("\"orders\".\"" + name + "\"", position, List.of(type));
    }

    private static long rows(Session source, Derivation entry, String condition) {
        return source.select(
                        "SELECT count(*) FROM (" + entry.select(RELATION, condition) + ") AS rows",
                        row -> row.number(1))
                .getFirst();
    }
}
