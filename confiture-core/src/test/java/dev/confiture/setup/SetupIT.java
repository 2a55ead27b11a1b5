package dev.confiture.setup;

import static org.assertj.core.api.Assertions.assertThat;

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
}
