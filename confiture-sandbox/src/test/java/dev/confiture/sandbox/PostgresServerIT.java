package dev.confiture.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresServerIT {

    static Stream<PostgresVersion> versions() {
        return PostgresVersion.available().stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSharedServerRunsTheVersionAskedFor(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase database = server.createDatabase()) {
            assertThat(database.number("SHOW server_version_num") / 10_000)
                    .isEqualTo(version.major());
            assertThat(database.value("SHOW wal_level")).isEqualTo("logical");
            assertThat(PostgresServer.shared(version)).isSameAs(server);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void scriptsReachTheServerUnchanged(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            database.execute(
                    """
                    CREATE TABLE t (id int PRIMARY KEY, j jsonb);
                    INSERT INTO t VALUES (1, '{"a": 1}'), (2, NULL);
                    CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql
                    BEGIN ATOMIC SELECT n; SELECT n * 2; END;
                    DO $$ BEGIN IF (SELECT j ? 'a' FROM t WHERE id = 1) IS NOT TRUE
                          THEN RAISE 'lost'; END IF; END $$;
                    """);
            assertThat(database.rows("SELECT twice(id), j FROM t ORDER BY id"))
                    .containsExactly(List.of("2", "{\"a\": 1}"), Arrays.asList("4", null));
            assertThat(database.count("t")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void errorsCarryTheirSqlState(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            assertThatThrownBy(() -> database.execute("CREATE TABLE kept (); SELECT 1 / 0"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("22012"));
            assertThat(database.rows("SELECT FROM pg_class WHERE relname = 'kept'")).isEmpty();
            assertThatThrownBy(() -> database.execute("COPY pg_class FROM STDIN"))
                    .isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> PostgresServer.shared(version).database("none").value("SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        error -> assertThat(error.getSQLState()).isEqualTo("3D000"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void copiesInAndOut(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            database.execute("CREATE TABLE t (a int, b text)");
            assertThat(database.copyIn("COPY t FROM STDIN", "1\tone\n2\t\\N\n")).isEqualTo(2);
            assertThat(database.copyOut("COPY t TO STDOUT")).isEqualTo("1\tone\n2\t\\N\n");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void foreignDataWrapperAndLogicalDecodingWork(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            database.execute(
                    """
                    CREATE EXTENSION postgres_fdw;
                    CREATE TABLE here (id int);
                    INSERT INTO here VALUES (7);
                    CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw
                        OPTIONS (host 'localhost', port '%d', dbname '%s');
                    CREATE USER MAPPING FOR postgres SERVER self OPTIONS (user 'postgres');
                    CREATE FOREIGN TABLE there (id int) SERVER self OPTIONS (table_name 'here');
                    """
                            .formatted(database.port(), database.name()));
            assertThat(database.value("SELECT id FROM there")).isEqualTo("7");
            assertThat(
                            database.value(
                                    "SELECT slot_name FROM"
                                            + " pg_create_logical_replication_slot('s"
                                            + database.port()
                                            + "', 'pgoutput')"))
                    .startsWith("s");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aDatabaseMayHaveItsOwnEncodingAndName(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        DatabaseOptions options =
                DatabaseOptions.defaults().named("An odd \"x\"").encodedAs("LATIN1").inLocale("C");
        try (TestDatabase database = server.createDatabase(options);
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_encoding")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("LATIN1");
            assertThat(database.value("SELECT current_database()")).isEqualTo("An odd \"x\"");
        }
        assertThat(
                        server.database("postgres")
                                .number(
                                        "SELECT count(*) FROM pg_database"
                                                + " WHERE datname LIKE '%x%'"))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void closingDropsADatabaseWithAllThatHoldsIt(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        Connection connection;
        try (TestDatabase database = server.createDatabase()) {
            connection = database.connect();
            database.execute("CREATE TABLE t (id int)");
            database.execute("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'held''up'");
        }
        assertThat(connection.isValid(5)).isFalse();
        connection.close();
        assertThat(server.database("postgres").count("pg_prepared_xacts")).isZero();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aKilledServerRecoversWhatWasCommitted(PostgresVersion version) throws Exception {
        try (PostgresServer server =
                PostgresServer.builder(version).setting("fsync", "on").start()) {
            int port = server.port();
            TestDatabase database = server.createDatabase();
            database.execute("CREATE TABLE t AS SELECT generate_series(1, 1000) AS id");
            Connection session = database.connect();
            Set<Long> before = server.processIds();
            server.kill();

            assertThat(before).hasSizeGreaterThan(4);
            assertThat(before).noneMatch(PostgresServerIT::isAlive);
            assertThat(server.isRunning()).isFalse();
            assertThat(session.isValid(5)).isFalse();
            session.close();

            server.start();
            assertThat(server.port()).isEqualTo(port);
            assertThat(database.count("t")).isEqualTo(1000);
            assertThat(server.logText()).contains("not properly shut down");

            server.restart();
            assertThat(database.count("t")).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void closingLeavesNothingBehind(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.builder(version).start();
        Set<Long> processes = server.processIds();
        server.close();
        assertThat(processes).isNotEmpty().noneMatch(PostgresServerIT::isAlive);
        assertThat(Files.exists(server.dataDirectory())).isFalse();
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aKilledServerLeavesNoSharedMemoryWhenClosed(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.builder(version).start();
        String lockFile = Files.readString(server.dataDirectory().resolve("postmaster.pid"));
        String segment = lockFile.lines().toList().get(6).strip().split(" +", -1)[1];
        Path segments = Path.of("/proc/sysvipc/shm");
        assertThat(Files.readString(segments)).containsPattern("\\b" + segment + "\\b");
        server.kill();
        server.close();
        assertThat(Files.readString(segments)).doesNotContainPattern("\\b" + segment + "\\b");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void scramLetsInWhoKnowsThePassword(PostgresVersion version) throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(version)
                                .authentication(Authentication.SCRAM)
                                .start();
                TestDatabase database = server.createDatabase()) {
            database.execute("CREATE ROLE app LOGIN PASSWORD 'right'");
            try (Connection connection = database.connect("app", "right")) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThatThrownBy(() -> database.connect("app", "wrong").close())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("28P01"));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void tlsIsVerifiedWithTheServersCertificate(PostgresVersion version) throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(version).encryption(Encryption.REQUIRED).start();
                TestDatabase database = server.createDatabase()) {
            database.execute("CREATE ROLE app LOGIN");
            Properties verified = new Properties();
            verified.setProperty("user", "app");
            verified.setProperty("sslmode", "verify-full");
            verified.setProperty("sslrootcert", server.certificateFile().orElseThrow().toString());
            try (Connection connection = database.connect(verified);
                    Statement statement = connection.createStatement();
                    ResultSet result =
                            statement.executeQuery(
                                    "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getBoolean(1)).isTrue();
            }
            Properties plain = new Properties();
            plain.setProperty("user", "app");
            plain.setProperty("sslmode", "disable");
            assertThatThrownBy(() -> database.connect(plain).close())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("28000"));
        }
    }

    private static boolean isAlive(long pid) {
        return Files.exists(Path.of("/proc", String.valueOf(pid), "exe"))
                && ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().command())
                        .filter(command -> command.contains("postgres"))
                        .isPresent();
    }
}
