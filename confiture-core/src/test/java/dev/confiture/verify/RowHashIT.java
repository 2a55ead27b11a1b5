package dev.confiture.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal rows have equal digests, whatever the servers; other rows have others. */
class RowHashIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    private static final String TYPES =
            "CREATE TYPE mood AS ENUM ('sad', 'happy');"
                    + " CREATE TYPE place AS (street text, number integer);"
                    + " CREATE DOMAIN short AS varchar(40);";

    /** Every type that is sent in binary, and some that are written as text. */
    private static final String ROWS =
            """
            CREATE TABLE t (
                id integer PRIMARY KEY, flag boolean, little smallint, big bigint, small real,
                ratio double precision, amount numeric, price numeric(12, 3), name text,
                code varchar(40), fixed character(9), raw bytea, token uuid, day date, hour time,
                zoned timetz, local timestamp, at timestamptz, span interval, document json,
                binary_document jsonb, mood public.mood, tags text[], period tsrange, address inet,
                place public.place, brief public.short);
            INSERT INTO t
            SELECT n, n % 2 = 0, n, n * 12345678901, n / 7.0, CASE n WHEN 5 THEN 'NaN'
                   WHEN 6 THEN '-0' WHEN 7 THEN 'Infinity' ELSE n / 3.0 END,
                   CASE n WHEN 5 THEN 'NaN' ELSE n / 3.0 END, n, 'naïve ' || n, 'é' || n,
                   'fix' || n, decode(md5(n::text), 'hex'), md5(n::text)::uuid,
                   date '2024-02-28' + n, time '12:00:00.000001' + n * interval '1 s',
                   '12:00+02', timestamp '2024-02-28' + n * interval '1 us',
                   timestamptz '2024-02-28 00:00+00' + n * interval '1 h',
                   n * interval '1 mon 2 days 3 us', '{"b": 1, "a": 2}', '{"b": 1, "a": 2}', 'sad',
                   ARRAY['a', NULL, n::text], tsrange('2024-01-01', '2024-01-02'), '10.0.0.1/8',
                   ROW('street', n)::place, 'brief'
            FROM generate_series(1, 300) AS n;
            INSERT INTO t (id) VALUES (1000)
            """;

    @Test
    void theOldestAndTheNewestServerHashAlike() throws Exception {
        try (TwoDatabases both =
                TwoDatabases.of(
                        PostgresServer.shared(PostgresVersion.OLDEST).createDatabase(),
                        PostgresServer.shared(PostgresVersion.NEWEST).createDatabase())) {
            both.onBoth(TYPES + ROWS);
            ComparedTable table = table(both);
            for (int parts : List.of(1, 64)) {
                RowHash hash = new RowHash(parts);
                Digest wanted = wanted(both, table, hash);
                assertThat(wanted.rows()).isEqualTo(301);
                assertThat(stored(both, table, hash)).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void valuesThatTwoRowsHaveExchangedAreSeen(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(TYPES + ROWS);
            ComparedTable table = table(both);
            Digest wanted = wanted(both, table, RowHash.UNDIVIDED);
            for (String column : List.of("big", "name", "tags", "at")) {
                String exchange =
                        "UPDATE t SET %1$s = o.%1$s FROM t AS o WHERE t.id + o.id = 33"
                                + " AND t.id IN (16, 17)";
                both.onTarget(exchange.formatted(column));
                assertThat(stored(both, table, RowHash.UNDIVIDED)).as(column).isNotEqualTo(wanted);
                both.onTarget(exchange.formatted(column));
                assertThat(stored(both, table, RowHash.UNDIVIDED)).as(column).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aTableWithoutRowsHasTheDigestOfNothing(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id int)");
            ComparedTable table = table(both);
            assertThat(wanted(both, table, RowHash.UNDIVIDED)).isEqualTo(Digest.NOTHING);
            assertThat(stored(both, table, new RowHash(64))).isEqualTo(Digest.NOTHING);
        }
    }

    private static ComparedTable table(TwoDatabases both) {
        return ComparedTable.all(
                        both.resolve("t: {}\n").derivations(),
                        both.sourceCatalog(),
                        both.targetCatalog())
                .getFirst();
    }

    private static Digest wanted(TwoDatabases both, ComparedTable table, RowHash hash) {
        return digest(both.source(), table.digest(hash, table.everything().wanted().getFirst()));
    }

    private static Digest stored(TwoDatabases both, ComparedTable table, RowHash hash) {
        return digest(both.target(), table.digest(hash, table.everything()));
    }

    private static Digest digest(Database database, String query) {
        try (Session session = database.open("test")) {
            return RowHash.read(session, query);
        }
    }
}
