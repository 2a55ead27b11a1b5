package dev.confiture.lineage;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.confiture.TwoDatabases;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.SqlProbe.Mixing;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which queries make their rows key by key, so that a changed row can be followed. */
class KeyReachIT {
    private static final String SOURCE =
            """
            CREATE TABLE users (id integer PRIMARY KEY, email text, country text);
            CREATE TABLE orders (id integer PRIMARY KEY, user_id integer, cents integer, at date);
            CREATE TABLE countries (code text PRIMARY KEY, name text);
            """;

    /** The key is id. */
    private static final List<String> KEY_BY_KEY =
            List.of(
                    "SELECT id, email FROM users",
                    "SELECT DISTINCT id, email FROM users",
                    "SELECT user_id AS id, sum(cents) FROM orders GROUP BY user_id",
                    "SELECT user_id AS id, sum(cents) FROM orders GROUP BY 1 HAVING count(*) > 1",
                    "SELECT upper(email) AS id, count(*) FROM users GROUP BY email",
                    "SELECT upper(email) AS id, count(*) FROM users GROUP BY upper(email)",
                    "SELECT u.id, count(o.id) FROM users u LEFT JOIN orders o ON o.user_id = u.id"
                            + " GROUP BY u.id",
                    "SELECT DISTINCT ON (user_id) user_id AS id, at FROM orders ORDER BY 1, at",
                    "SELECT x.user_id AS id, x.at FROM (SELECT *, row_number() OVER"
                            + " (PARTITION BY user_id ORDER BY at) n FROM orders) x WHERE n = 1",
                    "SELECT u.id, x.sum FROM users u LEFT JOIN (SELECT user_id, sum(cents)"
                            + " FROM orders GROUP BY user_id) x ON x.user_id = u.id",
                    "SELECT u.id, x.sum FROM users u, (SELECT user_id, sum(cents) FROM orders"
                            + " GROUP BY user_id) x WHERE x.user_id = u.id",
                    "WITH x AS (SELECT user_id, sum(cents) FROM orders GROUP BY user_id)"
                            + " SELECT u.id, x.sum FROM users u JOIN x ON x.user_id = u.id",
                    "SELECT id, sum(cents) FROM (SELECT user_id AS id, cents FROM orders) o"
                            + " GROUP BY id",
                    "SELECT id, n FROM (SELECT user_id AS id, count(*) AS n FROM orders GROUP BY 1"
                            + " UNION ALL SELECT id, 0 FROM users) x",
                    "SELECT user_id AS id, 1 FROM orders UNION SELECT id, 2 FROM users",
                    "SELECT u.id, o.at FROM users u LEFT JOIN LATERAL (SELECT at FROM orders"
                            + " WHERE user_id = u.id ORDER BY at LIMIT 1) o ON true",
                    "SELECT id, (SELECT at FROM orders WHERE user_id = u.id ORDER BY at LIMIT 1)"
                            + " FROM users u",
                    "SELECT id, id IN (SELECT user_id FROM orders GROUP BY 1) FROM users",
                    "SELECT id, a.email FROM users a JOIN users b USING (id)");

    private static final Map<String, Mixing> MIXED =
            Map.ofEntries(
                    Map.entry("SELECT id FROM users ORDER BY id LIMIT 10", Mixing.LIMIT),
                    Map.entry("SELECT id FROM users OFFSET 1", Mixing.LIMIT),
                    Map.entry("SELECT id FROM (SELECT id FROM users LIMIT 3) x", Mixing.LIMIT),
                    Map.entry("(SELECT id FROM users UNION SELECT 1) LIMIT 1", Mixing.LIMIT),
                    Map.entry("SELECT max(id) AS id FROM users", Mixing.GROUP_BY),
                    Map.entry("SELECT 1 AS id, count(*) FROM users", Mixing.GROUP_BY),
                    Map.entry(
                            "SELECT min(id) AS id, email FROM users GROUP BY email",
                            Mixing.GROUP_BY),
                    Map.entry(
                            "SELECT user_id AS id, count(*) FROM orders GROUP BY ROLLUP (user_id)",
                            Mixing.GROUP_BY),
                    Map.entry(
                            "SELECT u.id, x.max FROM users u, (SELECT max(cents) FROM orders) x",
                            Mixing.GROUP_BY),
                    Map.entry(
                            "SELECT u.id, x.count FROM users u JOIN (SELECT country, count(*)"
                                    + " FROM users GROUP BY country) x ON x.country = u.country",
                            Mixing.GROUP_BY),
                    Map.entry(
                            "SELECT id FROM users UNION ALL SELECT max(id) FROM orders",
                            Mixing.GROUP_BY),
                    Map.entry(
                            "SELECT DISTINCT ON (email) id, email FROM users ORDER BY email, id",
                            Mixing.DISTINCT_ON),
                    Map.entry(
                            "SELECT id, row_number() OVER (ORDER BY id) FROM users", Mixing.WINDOW),
                    Map.entry(
                            "SELECT id, rank() OVER (PARTITION BY country ORDER BY id) FROM users",
                            Mixing.WINDOW),
                    Map.entry(
                            "SELECT row_number() OVER (PARTITION BY email) AS id, email FROM users",
                            Mixing.WINDOW),
                    Map.entry(
                            "WITH x AS (SELECT id, lag(id) OVER (ORDER BY id) FROM users)"
                                    + " SELECT * FROM x",
                            Mixing.WINDOW),
                    Map.entry(
                            "WITH RECURSIVE x AS (SELECT 1 AS id UNION SELECT id + 1 FROM x WHERE"
                                    + " id < 3) SELECT id FROM x",
                            Mixing.RECURSION));

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aQueryThatTakesKeysTogetherIsToldFromOneThatDoesNot(PostgresVersion version)
            throws SQLException {
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(SOURCE);
                Session source = databases.source().open("test");
                Session target = databases.target().open("test")) {
            ServerProbe probe = new ServerProbe(source, target, databases.sourceCatalog());
            assertSoftly(
                    softly -> {
                        for (String query : KEY_BY_KEY) {
                            softly.assertThat(mixing(probe, query)).as(query).isEmpty();
                        }
                        MIXED.forEach(
                                (query, mixing) ->
                                        softly.assertThat(mixing(probe, query))
                                                .as(query)
                                                .contains(mixing));
                    });
        }
    }

    private static Optional<Mixing> mixing(ServerProbe probe, String query) {
        return probe.prove(
                        place -> "SELECT * FROM (" + query + ") AS q",
                        Evaluation.SOURCE,
                        List.of("id"))
                .structure()
                .mixing();
    }
}
