package dev.confiture.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.ledger.MigrationMode;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SetupIT {
    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(PostgresVersion.OLDEST, PostgresVersion.OLDEST),
                Arguments.of(PostgresVersion.OLDEST, PostgresVersion.NEWEST),
                Arguments.of(PostgresVersion.NEWEST, PostgresVersion.NEWEST));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void makesTheLinkAndTheTablesAndTakesThemAway(PostgresVersion from, PostgresVersion to)
            throws Exception {
        try (TestDatabase source = PostgresServer.shared(from).createDatabase();
                TestDatabase target = PostgresServer.shared(to).createDatabase()) {
            source.execute(
                    """
                    CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);
                    INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace');
                    """);
            Link link = Link.of(source, target);

            SetupReport report = link.setUp();

            assertThat(report.foreignTables()).isEqualTo(1);
            assertThat(report.mode()).isEqualTo("static");
            assertThat(report.sourceVersion()).startsWith(from.major() + ".");
            assertThat(report.targetVersion()).startsWith(to.major() + ".");
            assertThat(report.sourceTls()).isEqualTo("none");
            assertThat(report.findings()).isEmpty();
            assertThat(report.kept()).isEmpty();
            assertThat(report.made())
                    .containsExactly(
                            "extension postgres_fdw",
                            "foreign server confiture_source for localhost:" + source.port(),
                            "user mapping for postgres as postgres",
                            "schema old_schema",
                            "1 foreign table in old_schema");
            assertThat(target.rows("SELECT id, name FROM old_schema.users ORDER BY id"))
                    .containsExactly(List.of("1", "Ada"), List.of("2", "Grace"));

            assertThat(link.cleanUp().removed())
                    .containsExactly(
                            "foreign table old_schema.users",
                            "schema old_schema",
                            "user mapping for postgres",
                            "foreign server confiture_source",
                            "extension postgres_fdw");
            assertThat(link.footprintExists()).isFalse();
            assertThat(link.cleanUp()).isEqualTo(new Cleanup.Result(List.of(), List.of()));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everySortOfTableCanBeReadFromTheTarget(PostgresVersion from, PostgresVersion to)
            throws Exception {
        String longest = "é".repeat(31) + "x";
        try (TestDatabase source = PostgresServer.shared(from).createDatabase();
                TestDatabase target = PostgresServer.shared(to).createDatabase()) {
            source.execute(
                    """
                    CREATE SCHEMA "My ""Schema""\";
                    CREATE TYPE mood AS ENUM ('sad', 'ok');
                    CREATE TYPE size AS ENUM ('s', 'm');
                    CREATE TYPE pair AS (a int, b text);
                    CREATE DOMAIN short AS varchar(5) CHECK (VALUE <> '');
                    CREATE COLLATION only_here (provider = icu, locale = 'de');
                    CREATE TABLE "My ""Schema""\"."Ünï ❤ select" ("We""ird $1 ?" int, "user" text);
                    INSERT INTO "My ""Schema""\"."Ünï ❤ select" VALUES (1, 'x');
                    CREATE TABLE "%1$s" ("%1$s" int);
                    INSERT INTO "%1$s" VALUES (5);
                    CREATE TABLE "My ""Schema""\"."%1$s" (id int);
                    CREATE TABLE nothing ();
                    INSERT INTO nothing DEFAULT VALUES;
                    CREATE TABLE generated (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
                    INSERT INTO generated VALUES (4);
                    CREATE TABLE types (m mood, ms mood[], s size, p pair, d short NOT NULL,
                        t text COLLATE only_here, u text COLLATE "C", i interval(3), b bit(3),
                        n numeric(10, 2), v varchar(7), c "char", ts timestamptz(0)[]);
                    INSERT INTO types VALUES ('ok', '{sad}', 'm', '(1,x)', 'abc', 't', 'u', '1 day',
                        '101', 1.50, 'v', 'c', '{infinity}');
                    CREATE TABLE parted (id int, v text) PARTITION BY LIST (id);
                    CREATE TABLE part_1 PARTITION OF parted FOR VALUES IN (1);
                    CREATE TABLE part_2 PARTITION OF parted FOR VALUES IN (2);
                    INSERT INTO parted VALUES (1, 'one'), (2, 'two');
                    """
                            .formatted(longest));
            // The same name, another meaning; and one that is the same.
            target.execute(
                    """
                    CREATE TYPE size AS ENUM ('small', 'medium');
                    CREATE TYPE pair AS (a int, b text);
                    """);

            SetupReport report = Link.of(source, target).setUp();

            assertThat(report.foreignTables()).isEqualTo(7);
            assertThat(target.rows("SELECT * FROM old_schema.\"My \"\"Schema\"\".Ünï ❤ select\""))
                    .containsExactly(List.of("1", "x"));
            assertThat(target.rows("SELECT \"%1$s\" FROM old_schema.\"%1$s\"".formatted(longest)))
                    .containsExactly(List.of("5"));
            assertThat(target.rows("SELECT * FROM old_schema.generated"))
                    .containsExactly(List.of("4", "8"));
            assertThat(target.count("old_schema.nothing")).isEqualTo(1);
            assertThat(target.rows("SELECT * FROM old_schema.parted ORDER BY id"))
                    .containsExactly(List.of("1", "one"), List.of("2", "two"));
            assertThat(target.rows("SELECT * FROM old_schema.types"))
                    .containsExactly(
                            List.of(
                                    "ok",
                                    "{sad}",
                                    "m",
                                    "(1,x)",
                                    "abc",
                                    "t",
                                    "u",
                                    "1 day",
                                    "101",
                                    "1.50",
                                    "v",
                                    "c",
                                    "{infinity}"));
            assertThat(
                            target.rows(
                                    """
                                    SELECT attname, format_type(atttypid, atttypmod)
                                    FROM pg_attribute
                                    WHERE attrelid = 'old_schema.types'::regclass AND attnum > 0
                                    ORDER BY attnum LIMIT 5
                                    """))
                    .containsExactly(
                            List.of("m", "text"),
                            List.of("ms", "text"),
                            List.of("s", "text"),
                            List.of("p", "pair"),
                            List.of("d", "text"));
            assertThat(
                            target.rows(
                                    """
                                    SELECT attname, attcollation::regcollation::text
                                    FROM pg_attribute
                                    WHERE attrelid = 'old_schema.types'::regclass
                                      AND attname IN ('t', 'u') ORDER BY 1
                                    """))
                    .containsExactly(List.of("t", "\"default\""), List.of("u", "\"C\""));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void runAgainItKeepsWhatFitsAndFollowsTheSource(PostgresVersion from, PostgresVersion to)
            throws Exception {
        try (TestDatabase source = PostgresServer.shared(from).createDatabase();
                TestDatabase target = PostgresServer.shared(to).createDatabase()) {
            source.execute(
                    "CREATE TABLE stays (id int); CREATE TABLE changes (id int);"
                            + " CREATE TABLE goes (id int)");
            Link link = Link.of(source, target);
            link.setUp();
            source.execute(
                    "INSERT INTO stays VALUES (1); ANALYZE; DROP TABLE goes;"
                            + " ALTER TABLE changes ADD COLUMN name text;"
                            + " CREATE TABLE comes (id int)");

            SetupReport report = link.setUp();

            assertThat(report.made()).containsExactly("2 foreign tables in old_schema");
            assertThat(report.kept())
                    .containsExactly(
                            "extension postgres_fdw",
                            "foreign server confiture_source",
                            "user mapping for postgres as postgres",
                            "schema old_schema",
                            "1 foreign table in old_schema");
            assertThat(
                            target.rows(
                                    "SELECT relname FROM pg_class WHERE relnamespace ="
                                            + " 'old_schema'::regnamespace ORDER BY 1"))
                    .containsExactly(List.of("changes"), List.of("comes"), List.of("stays"));
            assertThat(target.rows("SELECT id, name FROM old_schema.changes")).isEmpty();

            assertThat(link.setUp().made()).isEmpty();
            link.setup().run(MigrationMode.STATIC, ForeignTableImport.SKIP);
            assertThat(target.count("old_schema.stays")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theRemoteSessionCannotWriteAndNeverTimesOut(PostgresVersion from, PostgresVersion to)
            throws Exception {
        try (TestDatabase source = PostgresServer.shared(from).createDatabase();
                TestDatabase target = PostgresServer.shared(to).createDatabase()) {
            source.execute(
                    """
                    DO $$ BEGIN EXECUTE format(
                        'ALTER DATABASE %I SET statement_timeout = ''1h''', current_database());
                    END $$;
                    CREATE VIEW settings AS SELECT name, setting FROM pg_settings;
                    """);
            Link link = Link.of(source, target);
            link.setUp();
            target.execute(
                    """
                    CREATE FOREIGN TABLE seen (name text, setting text) SERVER confiture_source
                    OPTIONS (table_name 'settings')
                    """);

            assertThat(
                            target.rows(
                                    """
                                    SELECT name, setting FROM seen WHERE name IN
                                    ('default_transaction_read_only', 'statement_timeout',
                                     'row_security', 'TimeZone') ORDER BY name COLLATE "C"
                                    """))
                    .containsExactly(
                            List.of("TimeZone", "GMT"),
                            List.of("default_transaction_read_only", "on"),
                            List.of("row_security", "off"),
                            List.of("statement_timeout", "0"));
        }
    }
}
