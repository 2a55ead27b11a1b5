package dev.confiture.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.environment.Environment;
import dev.confiture.environment.Hooks;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressListener;
import dev.confiture.sandbox.Database;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseBuildIT {
    @TempDir private Path folder;

    static Stream<PostgresVersion> versions() {
        return Stream.of(PostgresVersion.OLDEST, PostgresVersion.NEWEST);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void createsTheDatabaseAndRunsTheFilesInPathOrder(PostgresVersion version) throws Exception {
        write("schema/10_tables.sql", "INSERT INTO steps VALUES ('10');");
        write("schema/00/b.sql", "CREATE TABLE steps (name text);");
        write("schema/20 views/é.SQL", "\uFEFFINSERT INTO steps VALUES ('20 é');");
        write("schema/readme.txt", "not SQL");
        write("schema/old/ignored.sql", "SELECT 1 / 0;");
        write("seed/00.sql", "INSERT INTO steps VALUES ('seed');");
        Files.createSymbolicLink(folder.resolve("schema/loop"), folder.resolve("schema"));
        String name = newName();
        try (DroppedDatabase database = new DroppedDatabase(version, name)) {
            Environment environment =
                    environment(
                            version,
                            name,
                            "postgres",
                            List.of("schema", "seed"),
                            List.of("schema/old"));

            BuildReport report = build(environment).run(WhenNotEmpty.REFUSE);

            assertThat(report.created()).isTrue();
            assertThat(report.oneTransaction()).isTrue();
            assertThat(report.files())
                    .containsExactly(
                            "schema/00/b.sql",
                            "schema/10_tables.sql",
                            "schema/20 views/é.SQL",
                            "seed/00.sql");
            assertThat(database.get().rows("SELECT name FROM steps"))
                    .containsExactly(List.of("10"), List.of("20 é"), List.of("seed"));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everySyntaxOfSqlReachesTheServer(PostgresVersion version) throws Exception {
        write(
                "schema/a.sql",
                """
                -- A dump's head
                \\restrict AbC123
                SELECT pg_catalog.set_config('search_path', '', false);
                SET check_function_bodies = false;
                CREATE TABLE public.t (id int PRIMARY KEY, j jsonb DEFAULT '{"a;b": 1}');
                CREATE FUNCTION public.f() RETURNS int LANGUAGE sql
                BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 ELSE 3 END; END;
                DO $body$ BEGIN
                    IF '{"k": 1}'::jsonb ? 'k' THEN INSERT INTO public.t VALUES (1); END IF;
                END $body$;
                CREATE RULE r AS ON DELETE TO public.t DO ALSO (SELECT 1; SELECT 2);
                COMMENT ON TABLE public.t IS E'it\\'s; {fn now()} ? $1';
                \\unrestrict AbC123
                """);
        write("schema/b.sql", "BEGIN;\nINSERT INTO t VALUES (f());\nCOMMIT;\n");
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            BuildReport report = build(environment(version, database)).run(WhenNotEmpty.REFUSE);

            assertThat(report.created()).isFalse();
            assertThat(report.oneTransaction()).isTrue();
            assertThat(database.rows("SELECT id, j FROM t ORDER BY id"))
                    .containsExactly(List.of("1", "{\"a;b\": 1}"), List.of("2", "{\"a;b\": 1}"));
            assertThat(database.value("SELECT obj_description('t'::regclass)"))
                    .isEqualTo("it's; {fn now()} ? $1");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anErrorNamesItsLineAndLeavesNothing(PostgresVersion version) throws Exception {
        write("schema/1.sql", "CREATE TABLE a (id int);");
        write("schema/2.sql", "-- ❤\nCREATE TABLE b (id int);\n\nCREATE TABLE c (id no_type);\n");
        String name = newName();
        try (DroppedDatabase database = new DroppedDatabase(version, name)) {
            ConfitureException failure = failureOf(environment(version, name, "postgres"));

            assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
            assertThat(failure)
                    .hasMessageStartingWith("schema/2.sql:4: ")
                    .hasMessageContaining("type \"no_type\" does not exist")
                    .hasMessageContaining("42704");
            assertThat(database.exists()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anErrorWithoutAPositionNamesItsLineToo(PostgresVersion version) throws Exception {
        write("schema/1.sql", "CREATE TABLE a (id int);\nSELECT 1;\n\nCREATE TABLE a (id int);\n");
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            ConfitureException failure = failureOf(environment(version, database));

            assertThat(failure)
                    .hasMessageStartingWith("schema/1.sql:4: ")
                    .hasMessageContaining("relation \"a\" already exists");
            assertThat(database.rows("SELECT FROM pg_class WHERE relname = 'a'")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void statementsThatRefuseATransactionRunAlone(PostgresVersion version) throws Exception {
        write("schema/1.sql", "CREATE TABLE a (id int);\nCREATE TYPE mood AS ENUM ('sad');");
        write("schema/2.sql", "CREATE INDEX CONCURRENTLY i ON a (id);\nVACUUM a;");
        write("schema/3.sql", "ALTER TYPE mood ADD VALUE 'ok'; SELECT 'ok'::mood;");
        write("schema/4.sql", "CREATE VIEW v AS SELECT id FROM a;");
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            BuildReport report = build(environment(version, database)).run(WhenNotEmpty.REFUSE);

            assertThat(report.oneTransaction()).isFalse();
            assertThat(report.notInTransaction()).containsExactly("schema/2.sql", "schema/3.sql");
            String valid = "SELECT indisvalid FROM pg_index WHERE indrelid = 'a'::regclass";
            assertThat(database.value(valid)).isEqualTo("t");
            assertThat(database.count("v")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aFailureOutsideATransactionDropsTheDatabaseThatItCreated(PostgresVersion version)
            throws Exception {
        write("schema/1.sql", "CREATE TABLE a (id int);\nVACUUM a;\nSELECT 1 / 0;");
        String name = newName();
        try (DroppedDatabase database = new DroppedDatabase(version, name)) {
            ConfitureException failure = failureOf(environment(version, name, "postgres"));

            assertThat(failure)
                    .hasMessageStartingWith("schema/1.sql:3: ")
                    .hasMessageContaining("division by zero");
            assertThat(database.exists()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void filesMaySteerTheirOwnTransactions(PostgresVersion version) throws Exception {
        write("schema/1.sql", "BEGIN; CREATE TABLE a (); ROLLBACK; BEGIN; CREATE TABLE b (); END;");
        write("schema/2.sql", "BEGIN;\nCREATE TABLE c ();\nSELECT 1;");
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            ConfitureException failure = failureOf(environment(version, database));

            assertThat(failure).hasMessageStartingWith("schema/2.sql begins a transaction");
            assertThat(failure.hint()).contains("the files up to schema/2.sql");
            assertThat(database.rows("SELECT relname FROM pg_class WHERE relname IN ('a','b','c')"))
                    .containsExactly(List.of("b"));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void settingsAndRolesEndWithTheirFile(PostgresVersion version) throws Exception {
        write("schema/1.sql", "SET search_path = ''; SET ROLE pg_monitor; SET work_mem = '1MB';");
        write(
                "schema/2.sql",
                """
                CREATE TABLE seen AS SELECT current_user::text AS role,
                    current_setting('search_path') AS path, current_setting('TimeZone') AS zone;
                """);
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            build(environment(version, database)).run(WhenNotEmpty.REFUSE);

            assertThat(database.rows("SELECT role, path, zone FROM public.seen"))
                    .containsExactly(List.of("postgres", "\"$user\", public", "UTC"));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesADatabaseThatIsNotEmpty(PostgresVersion version) throws Exception {
        write("schema/1.sql", "CREATE TABLE a ();");
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            database.execute("CREATE EXTENSION postgres_fdw");
            build(environment(version, database)).preview(WhenNotEmpty.REFUSE);
            database.execute("CREATE TYPE \"My Mood\" AS ENUM (); CREATE SEQUENCE counter");

            ConfitureException failure = failureOf(environment(version, database));

            assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY);
            assertThat(failure)
                    .hasMessageContaining("type public.\"My Mood\", sequence public.counter");
            assertThat(failure.hint()).contains("--force");
            assertThat(build(environment(version, database)).run(WhenNotEmpty.ADD).files())
                    .hasSize(1);
            assertThat(database.count("a")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aPreviewChangesNothing(PostgresVersion version) throws Exception {
        write("schema/1.sql", "CREATE TABLE a ();");
        String name = newName();
        try (DroppedDatabase database = new DroppedDatabase(version, name)) {
            BuildReport report =
                    build(environment(version, name, "postgres")).preview(WhenNotEmpty.REFUSE);

            assertThat(report.dryRun()).isTrue();
            assertThat(report.created()).isTrue();
            assertThat(report.files()).containsExactly("schema/1.sql");
            assertThat(database.exists()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aRoleThatMayNotCreateTheDatabaseIsToldWhoMay(PostgresVersion version) throws Exception {
        write("schema/1.sql", "CREATE TABLE a ();");
        PostgresServer server = PostgresServer.shared(version);
        String role = newName();
        server.database("postgres").execute("CREATE ROLE " + role + " LOGIN");

        ConfitureException failure = failureOf(environment(version, newName(), role));

        assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
        assertThat(failure).hasMessageContaining("role " + role + " may not create databases");
        assertThat(failure.hint()).contains("ALTER ROLE \"" + role + "\" CREATEDB");
        server.database("postgres").execute("DROP ROLE " + role);
    }

    @Test
    void whatOnlyPsqlCanDoIsRefusedWithItsLine() throws Exception {
        write("schema/1.sql", "CREATE TABLE a (id int);\n\n\\connect other\nSELECT 1;");
        assertThatThrownBy(() -> preview())
                .hasMessage("schema/1.sql:3: \\connect is a command of psql, not SQL");

        write("schema/1.sql", "CREATE TABLE a (i int);\nCOPY public.a (i) FROM stdin;\n1\n\\.\n");
        assertThatThrownBy(() -> preview())
                .hasMessageStartingWith("schema/1.sql:2: COPY … FROM stdin");
    }

    @Test
    void missingFilesAreExplainedByTheEnvironment() throws Exception {
        PostgresVersion version = PostgresVersion.NEWEST;
        assertThatThrownBy(
                        () ->
                                build(environment(version, "x", "postgres", List.of(), List.of()))
                                        .preview(WhenNotEmpty.REFUSE))
                .hasMessage("new.yaml names no folder with SQL files");
        assertThatThrownBy(this::preview).hasMessage("the folder schema does not exist");
        Files.createDirectories(folder.resolve("schema/sub"));
        assertThatThrownBy(this::preview).hasMessage("no .sql file is in schema");
        Files.write(folder.resolve("schema/a.sql"), new byte[] {'-', '-', (byte) 0xE9});
        assertThatThrownBy(this::preview).hasMessage("the file schema/a.sql is not UTF-8");
    }

    private BuildReport preview() {
        return build(environment(PostgresVersion.NEWEST, newName(), "postgres"))
                .preview(WhenNotEmpty.REFUSE);
    }

    private ConfitureException failureOf(Environment environment) {
        return catchThrowableOfType(
                ConfitureException.class, () -> build(environment).run(WhenNotEmpty.REFUSE));
    }

    private DatabaseBuild build(Environment environment) {
        return new DatabaseBuild(environment, folder, ProgressListener.SILENT);
    }

    private Environment environment(PostgresVersion version, TestDatabase database) {
        return environment(version, database.name(), "postgres");
    }

    private Environment environment(PostgresVersion version, String database, String user) {
        return environment(version, database, user, List.of("schema"), List.of());
    }

    private Environment environment(
            PostgresVersion version,
            String database,
            String user,
            List<String> include,
            List<String> exclude) {
        PostgresServer server = PostgresServer.shared(version);
        return new Environment(
                "new",
                "new",
                new DatabaseAddress(
                        server.host(), server.port(), database, user, null, new TreeMap<>()),
                null,
                null,
                null,
                include.stream().map(folder::resolve).toList(),
                exclude.stream().map(folder::resolve).toList(),
                Hooks.NONE,
                folder.resolve("new.yaml"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static String newName() {
        return "build_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    /** A database that the test expects to come into being. */
    private record DroppedDatabase(PostgresVersion version, String name) implements AutoCloseable {
        Database get() {
            return PostgresServer.shared(version).database(name);
        }

        boolean exists() throws SQLException {
            String query = "SELECT count(*) FROM pg_database WHERE datname = '" + name + "'";
            return PostgresServer.shared(version).database("postgres").number(query) > 0;
        }

        @Override
        public void close() throws SQLException {
            PostgresServer.shared(version)
                    .database("postgres")
                    .execute("DROP DATABASE IF EXISTS " + name);
        }
    }
}
