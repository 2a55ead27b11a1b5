package dev.confiture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confiture.TwoDatabases;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    /** Values by which a database or a role could change what a session reads or writes. */
    private static final String[] HOSTILE = {
        "datestyle = 'SQL, DMY'",
        "timezone = 'Asia/Kathmandu'",
        "intervalstyle = 'sql_standard'",
        "search_path = 'trap, pg_catalog'",
        "statement_timeout = '10ms'",
        "lock_timeout = '1ms'",
        "idle_in_transaction_session_timeout = '1ms'",
        "default_transaction_read_only = on",
        "default_transaction_isolation = 'serializable'",
        "default_transaction_deferrable = on",
        "row_security = on",
        "extra_float_digits = -15",
        "bytea_output = 'escape'",
        "xmloption = 'document'",
        "lc_monetary = 'C'",
        "standard_conforming_strings = off",
        "array_nulls = off",
        "quote_all_identifiers = on",
        "backslash_quote = on",
        "transform_null_equals = on",
        "client_min_messages = 'error'",
    };

    /** The tool may be killed in the middle of a statement that takes hours and holds locks. */
    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aStatementEndsWhenItsClientIsGone(PostgresVersion version) throws Exception {
        String sleeps =
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND query LIKE 'SELECT pg_sleep%'";
        try (TwoDatabases both = TwoDatabases.on(version)) {
            Session session = both.target().open("test");
            CompletableFuture<Long> sleeping =
                    CompletableFuture.supplyAsync(() -> session.execute("SELECT pg_sleep(3600)"));
            await().until(() -> both.rawTarget().number(sleeps) == 1);
            session.abort();
            assertThatThrownBy(sleeping::join).hasCauseInstanceOf(SqlFailure.class);
            await().atMost(Duration.ofMinutes(1)).until(() -> both.rawTarget().number(sleeps) == 0);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void noSettingOfTheDatabaseOrTheRoleReachesASession(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget("DROP ROLE IF EXISTS hostile; CREATE ROLE hostile SUPERUSER LOGIN");
            setUpTrap(both.rawTarget());
            for (String user : List.of("postgres", "hostile")) {
                try (Session session = both.targetAs(user).open("test")) {
                    assertThat(session.select(EVERYTHING, SessionIT::texts).getFirst())
                            .as("as %s", user)
                            .isEqualTo(EXPECTED);
                    session.inTransaction(
                            () -> session.execute("INSERT INTO public.t VALUES ('written')"));
                }
            }
            both.rawTarget().server().database("postgres").execute("DROP ROLE hostile");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void noTimeoutOfTheRoleHitsASessionWhileItBegins(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget("DROP ROLE IF EXISTS hurried; CREATE ROLE hurried SUPERUSER LOGIN");
            both.onTarget("ALTER ROLE hurried SET statement_timeout = 1");
            both.onTarget("ALTER ROLE hurried SET idle_session_timeout = 1");
            if (version.major() >= 17) {
                both.onTarget("ALTER ROLE hurried SET transaction_timeout = 1");
            }
            Database target = both.targetAs("hurried");
            for (int time = 0; time < 25; time++) {
                try (Session session = target.open("test")) {
                    session.query("SELECT pg_sleep(0.01)", row -> row.textOrNull(1));
                }
            }
            both.rawTarget().server().database("postgres").execute("DROP ROLE hurried");
        }
    }

    private static final String EVERYTHING =
            """
            SELECT '2001-02-03 04:05:06+00'::timestamptz::text,
                   '1 day -2:00'::interval::text,
                   (0.1::float8 + 0.2::float8)::text,
                   '\\x00ff'::bytea::text,
                   length('abc')::text,
                   '{NULL}'::text[] IS DISTINCT FROM '{"NULL"}'::text[],
                   (NULL::int = NULL) IS NULL,
                   current_setting('transaction_read_only'),
                   current_setting('transaction_isolation'),
                   current_setting('transaction_deferrable'),
                   current_setting('row_security'),
                   current_setting('statement_timeout'),
                   current_setting('lock_timeout'),
                   current_setting('idle_in_transaction_session_timeout'),
                   quote_ident('plain'),
                   xmlparse(content 'a')::text,
                   current_setting('standard_conforming_strings'),
                   current_setting('search_path')
            FROM pg_sleep(0.1)
            """;
    private static final List<String> EXPECTED =
            List.of(
                    "2001-02-03 04:05:06+00",
                    "1 day -02:00:00",
                    "0.30000000000000004",
                    "\\x00ff",
                    "3",
                    "t",
                    "t",
                    "off",
                    "read committed",
                    "off",
                    "off",
                    "0",
                    "0",
                    "0",
                    "plain",
                    "a",
                    "on",
                    "");

    private static List<String> texts(Row row) {
        return IntStream.rangeClosed(1, EXPECTED.size()).mapToObj(row::text).toList();
    }

    private static void setUpTrap(TestDatabase database) throws SQLException {
        StringBuilder script =
                new StringBuilder(
                        """
                        CREATE SCHEMA trap;
                        CREATE FUNCTION trap.length(text) RETURNS int LANGUAGE sql AS 'SELECT 666';
                        CREATE TABLE t (what text);
                        """);
        for (String setting : HOSTILE) {
            script.append("ALTER DATABASE \"%s\" SET %s;".formatted(database.name(), setting));
            script.append("ALTER ROLE hostile SET %s;".formatted(setting));
        }
        database.execute(script.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '{\"a\": 1}'::jsonb ? 'a'",
                "SELECT '{\"a\": 1}'::jsonb ?| ARRAY['a', 'b']",
                "SELECT $$it's ? :x {d '2001-01-01'}$$ = 'it''s ? :x {d ''2001-01-01''}'",
                "SELECT '{d ''2001-01-01''}' = $q${d '2001-01-01'}$q$",
                "SELECT 7 % 4 = 3 AND 'a%d%s' LIKE 'a\\%%'",
                "SELECT ':x' = ':' || 'x' AND '1'::int = 1",
                "SELECT '{call f()}{fn now()}' = '{call f()}' || '{fn now()}'",
                "SELECT E'\\'?' = '''?' AND '\\' = chr(92)",
                "SELECT true -- a comment with ? and ' and {d",
                "SELECT /* ? ' /* nested */ {d */ true",
                "SELECT count(*) = 1 FROM (SELECT 1 AS \"a?b:{c\"\"d\") AS \"x?\"",
                "SELECT U&'d\\0061t\\+000061' = 'data'",
                "SELECT (ARRAY[1,2,3])[1:2] = ARRAY[1,2]"
            })
    void theUsersSqlArrivesAsItIs(String sql) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(PostgresVersion.NEWEST);
                Session session = both.source().open("test")) {
            assertThat(session.select(sql, row -> row.truth(1))).containsExactly(true);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO public.t VALUES ('{d ''x''} ? :y $1 %s')",
                "INSERT INTO public.t VALUES ($a$'{d ''x''} ? :y $1 %s'$a$)",
            })
    void theUsersStatementsArriveAsTheyAre(String sql) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(PostgresVersion.NEWEST)) {
            both.onTarget("CREATE TABLE t (what text)");
            try (Session session = both.target().open("test")) {
                assertThat(session.execute(sql)).isOne();
            }
            assertThat(both.rawTarget().value("SELECT replace(what, '''', '') FROM t"))
                    .isEqualTo("{d x} ? :y $1 %s");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aSessionOnTheSourceCannotWrite(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (what text)");
            try (Session session = both.source().open("test")) {
                assertThatThrownBy(() -> session.execute("INSERT INTO public.t VALUES ('x')"))
                        .isInstanceOfSatisfying(
                                SqlFailure.class,
                                failure -> assertThat(failure.sqlState()).isEqualTo("25006"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aFailureRollsTheTransactionBackAndTheSessionGoesOn(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget("CREATE TABLE t (what text)");
            try (Session session = both.target().open("test")) {
                assertThatThrownBy(
                                () ->
                                        session.inTransaction(
                                                () -> {
                                                    session.update(
                                                            "INSERT INTO public.t VALUES (?)", "x");
                                                    return session.execute("SELECT 1 / 0");
                                                }))
                        .hasMessageContaining("division by zero");
                long rows = session.queryOne("SELECT count(*) FROM public.t", row -> row.number(1));
                assertThat(rows).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void parametersAreTextNumbersTruthListsAndNothing(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.source().open("test")) {
            String together =
                    session.queryOne(
                            "SELECT ?::text || ?::int8 || ?::bool || (?::text[])[2]"
                                    + " || coalesce(?, 'none')",
                            row -> row.text(1),
                            "a'\\?",
                            9_000_000_000L,
                            true,
                            Arrays.asList("x", "y\"{}"),
                            null);
            assertThat(together).isEqualTo("a'\\?9000000000truey\"{}none");
        }
    }

    @ParameterizedTest
    @CsvSource({"0A000,false", "22012,true"})
    void aSavepointForgivesOnlyTheRefusalThatIsNamed(String refusal, boolean forgiven)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(PostgresVersion.NEWEST);
                Session session = both.target().open("test")) {
            if (forgiven) {
                assertThat(
                                session.inTransaction(
                                        () ->
                                                session.inSavepoint(
                                                        refusal,
                                                        () -> session.execute("SELECT 1 / 0"))))
                        .isFalse();
            } else {
                assertThatThrownBy(
                                () ->
                                        session.inTransaction(
                                                () ->
                                                        session.inSavepoint(
                                                                refusal,
                                                                () ->
                                                                        session.execute(
                                                                                "SELECT 1 / 0"))))
                        .hasMessageContaining("division by zero");
            }
            long answer = session.queryOne("SELECT 1", row -> row.number(1));
            assertThat(answer).isOne();
        }
    }
}
