package dev.confiture.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.change.KeyText;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRowsIT {
    private static final List<KeyColumn> COLUMNS =
            List.of(new KeyColumn("t.\"id\"", 1, List.of("integer", "bigint")));

    private static final List<String> KEYS =
            IntStream.range(0, 10_000).mapToObj(id -> KeyText.of(List.of("" + 3 * id))).toList();

    /** Each row compared with ten thousand keys would take hours in a large table. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void withoutAnIndexRowsAreFoundByHashedKeys(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("test")) {
            both.onTarget(
                    "CREATE TABLE t (id bigint); INSERT INTO t SELECT generate_series(0, 99999)");
            String statement =
                    "DELETE FROM public.t AS t WHERE " + KeyRows.conditionByScan(COLUMNS, KEYS);
            assertThat(plan(session, statement)).contains("Hash Cond");
            assertThat(session.execute(statement)).isEqualTo(10_000);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void rowsAreFoundByTheIndexThatIsThere(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("test")) {
            both.onTarget(
                    "CREATE TABLE t (id bigint PRIMARY KEY);"
                            + " INSERT INTO t SELECT generate_series(0, 99999)");
            String statement =
                    "DELETE FROM public.t AS t WHERE " + KeyRows.condition(COLUMNS, KEYS);
            assertThat(plan(session, statement)).contains("t_pkey");
            assertThat(session.execute(statement)).isEqualTo(10_000);
        }
    }

    private static String plan(Session session, String statement) {
        return String.join(
                "\n", session.select("EXPLAIN (COSTS off) " + statement, row -> row.text(1)));
    }
}
