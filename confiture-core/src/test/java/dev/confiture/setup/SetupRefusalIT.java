package dev.confiture.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.sandbox.DatabaseOptions;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong is found before anything is made. */
class SetupRefusalIT {
    private static final String CACHE = "confiture.sandbox.cache";

    static Stream<PostgresVersion> versions() {
        return Stream.of(PostgresVersion.OLDEST, PostgresVersion.NEWEST);
    }

    /** A copy of the server's programs, from which the extension's control file is taken away. */
    @ParameterizedTest
    @MethodSource("versions")
    void aServerWithoutPostgresFdwIsToldFromAMissingRight(
            PostgresVersion version, @TempDir Path programs) throws Exception {
        String cache = System.getProperty(CACHE);
        System.setProperty(CACHE, programs.toString());
        try (PostgresServer server = PostgresServer.builder(version).start();
                TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase()) {
            try (Stream<Path> files = Files.walk(programs)) {
                for (Path file : files.toList()) {
                    if (file.endsWith("postgres_fdw.control")) {
                        Files.delete(file);
                    }
                }
            }

            ConfitureException failure = failureOf(Link.of(source, target));

            assertThat(failure).hasMessageContaining("postgres_fdw");
            assertThat(failure.code()).isEqualTo(ErrorCode.FDW_MISSING);
            assertThat(failure).hasMessage("postgres_fdw is not installed on the target server");
            assertThat(failure.hint()).contains("apt install postgresql-contrib");
            assertNothingIsLeft(target);
        } finally {
            if (cache == null) {
                System.clearProperty(CACHE);
            } else {
                System.setProperty(CACHE, cache);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aRoleThatMayNotCreateTheExtensionIsToldWhoMay(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase();
                Role role = Role.in(target)) {
            role.mayCreateIn(target);
            Link link = Link.of(source, target).sourceAs("postgres", "x").targetAs(role.name(), "");

            ConfitureException failure = failureOf(link);

            assertThat(failure).hasMessageContaining("postgres_fdw");
            assertThat(failure.code()).isEqualTo(ErrorCode.FDW_MISSING);
            assertThat(failure).hasMessageContaining("role " + role.name() + " may not create it");
            assertThat(failure.hint())
                    .contains("superuser")
                    .contains("CREATE EXTENSION postgres_fdw;")
                    .contains("GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO");
            assertNothingIsLeft(target);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void allThatIsInTheWayIsListedAtOnce(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase();
                Role role = Role.in(source)) {
            source.execute(
                    """
                    CREATE SCHEMA confiture;
                    CREATE TABLE confiture.mine (id int);
                    """);
            target.execute(
                    "CREATE SCHEMA old_schema; CREATE EXTENSION postgres_fdw;"
                            + " CREATE SERVER confiture_source FOREIGN DATA WRAPPER postgres_fdw");
            Link link = Link.of(source, target).sourceAs(role.name(), "x");

            ConfitureException failure = failureOf(link);

            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNSUPPORTED);
            assertThat(failure)
                    .hasMessageContaining("schema confiture: the source has tables in a schema")
                    .hasMessageContaining("target already has a schema old_schema")
                    .hasMessageContaining("target already has a foreign server confiture_source");
            assertThat(failure.hint())
                    .contains("Rename the schema in the source")
                    .contains("ALTER SCHEMA old_schema RENAME TO");
            assertThat(target.rows("SELECT FROM pg_user_mapping")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aTargetRoleWithoutRightsIsToldTheStatements(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase();
                Role role = Role.in(target)) {
            target.execute("CREATE EXTENSION postgres_fdw");
            Link link = Link.of(source, target).targetAs(role.name(), null);

            ConfitureException failure = failureOf(link);

            assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUPPORTED);
            assertThat(failure.hint())
                    .contains("GRANT CREATE ON DATABASE")
                    .contains("GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO")
                    .contains("Give the source's password");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anEncodingThatCannotHoldEverythingIsRefused(PostgresVersion version) throws Exception {
        DatabaseOptions latin = DatabaseOptions.defaults().encodedAs("LATIN1").inLocale("C");
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase(latin)) {
            ConfitureException failure = failureOf(Link.of(source, target));

            assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUPPORTED);
            assertThat(failure).hasMessageContaining("LATIN1 cannot hold every character");
            assertThat(Link.of(target, source).setUp().findings()).isEmpty();
        }
    }

    @Test
    void anOlderTargetIsRefused() throws Exception {
        try (TestDatabase source = PostgresServer.shared(PostgresVersion.NEWEST).createDatabase();
                TestDatabase target =
                        PostgresServer.shared(PostgresVersion.OLDEST).createDatabase()) {
            ConfitureException failure = failureOf(Link.of(source, target));

            assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUPPORTED);
            assertThat(failure).hasMessageContaining("runs PostgreSQL 14, older than the source's");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void tablesInASchemaThatWeWouldOverlookAreRefused(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            source.execute("CREATE SCHEMA old_schema; CREATE TABLE old_schema.t ()");

            assertThat(failureOf(Link.of(source, target)))
                    .hasMessageContaining("schema old_schema: the source has tables in a schema");
        }
    }

    private static ConfitureException failureOf(Link link) {
        return catchThrowableOfType(ConfitureException.class, link::setUp);
    }

    private static void assertNothingIsLeft(TestDatabase target) throws Exception {
        assertThat(
                        target.rows(
                                "SELECT FROM pg_namespace WHERE nspname = 'old_schema' UNION ALL"
                                        + " SELECT FROM pg_foreign_server UNION ALL"
                                        + " SELECT FROM pg_extension WHERE extname <> 'plpgsql'"))
                .isEmpty();
    }
}
