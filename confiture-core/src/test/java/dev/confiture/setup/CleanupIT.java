package dev.confiture.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.error.ConfitureException;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CleanupIT {
    static Stream<PostgresVersion> versions() {
        return Stream.of(PostgresVersion.OLDEST, PostgresVersion.NEWEST);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anExtensionThatWasThereBeforeStays(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            target.execute("CREATE EXTENSION postgres_fdw");
            Link link = Link.of(source, target);
            assertThat(link.setUp().kept()).containsExactly("extension postgres_fdw");

            Cleanup.Result result = link.cleanUp();

            assertThat(result.kept())
                    .containsExactly("extension postgres_fdw: it was there before Confiture");
            assertThat(result.removed()).doesNotContain("extension postgres_fdw");
            assertThat(target.rows("SELECT FROM pg_extension WHERE extname = 'postgres_fdw'"))
                    .hasSize(1);
            assertThat(link.footprintExists()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anExtensionThatOthersCameToUseStays(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            Link link = Link.of(source, target);
            link.setUp();
            target.execute("CREATE SERVER theirs FOREIGN DATA WRAPPER postgres_fdw");

            Cleanup.Result result = link.cleanUp();

            assertThat(result.kept())
                    .containsExactly("extension postgres_fdw: other objects have come to use it");
            assertThat(result.removed()).contains("foreign server confiture_source");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatDependsOnOursStopsCleanupAndIsNamed(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            source.execute("CREATE TABLE users (id int)");
            Link link = Link.of(source, target);
            link.setUp();
            target.execute("CREATE VIEW report AS SELECT id FROM old_schema.users");

            ConfitureException failure =
                    catchThrowableOfType(ConfitureException.class, link::cleanUp);

            assertThat(failure).hasMessageContaining("view public.report depends on foreign table");
            assertThat(failure.hint()).contains("run the command again");
            assertThat(target.count("report")).isZero();
            target.execute("DROP VIEW report; CREATE TABLE old_schema.\"their table\" ()");
            assertThatThrownBy(link::cleanUp)
                    .hasMessageContaining("old_schema.\"their table\" depends on schema");
            target.execute("DROP TABLE old_schema.\"their table\"");
            link.cleanUp();
            assertThat(link.footprintExists()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aHalfMadeSetupIsTakenAway(PostgresVersion version) throws Exception {
        List<String> undone =
                List.of(
                        "DROP FOREIGN TABLE old_schema.users",
                        "DROP FOREIGN TABLE old_schema.users; DROP SCHEMA old_schema",
                        "DROP USER MAPPING FOR postgres SERVER confiture_source",
                        "DROP SERVER confiture_source CASCADE; DROP SCHEMA old_schema",
                        "DROP EXTENSION postgres_fdw CASCADE");
        for (String statements : undone) {
            try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                    TestDatabase target = PostgresServer.shared(version).createDatabase()) {
                source.execute("CREATE TABLE users (id int)");
                Link link = Link.of(source, target);
                link.setUp();
                target.execute(statements);
                assertThat(link.footprintExists()).isTrue();

                assertThat(link.cleanUp().removed()).as(statements).isNotEmpty();

                assertThat(link.footprintExists()).isFalse();
                assertThat(
                                target.rows(
                                        "SELECT FROM pg_namespace WHERE nspname = 'old_schema'"
                                                + " UNION ALL SELECT FROM pg_foreign_server"
                                                + " UNION ALL SELECT FROM pg_extension"
                                                + " WHERE extname = 'postgres_fdw'"))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatIsNotOursIsLeftAlone(PostgresVersion version) throws Exception {
        try (TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            target.execute(
                    """
                    CREATE EXTENSION postgres_fdw;
                    CREATE SCHEMA old_schema;
                    CREATE SERVER confiture_source FOREIGN DATA WRAPPER postgres_fdw;
                    CREATE USER MAPPING FOR postgres SERVER confiture_source;
                    CREATE FOREIGN TABLE old_schema.theirs () SERVER confiture_source;
                    """);
            Link link = Link.of(target, target);

            assertThat(link.cleanUp()).isEqualTo(new Cleanup.Result(List.of(), List.of()));

            assertThat(target.rows("SELECT FROM pg_user_mapping")).hasSize(1);
            assertThat(target.rows("SELECT FROM pg_foreign_table")).hasSize(1);
        }
    }
}
