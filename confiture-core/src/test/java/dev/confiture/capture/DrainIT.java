package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.change.CapturedTable;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrainIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void everyChangedRowIsNamedOnce(PostgresVersion version) throws Exception {
        CapturedTable users = CapturedSource.table("users", "id");
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            database.execute("CREATE TABLE users (id int PRIMARY KEY, name text)");
            try (CapturedSource source = CapturedSource.of(database, users)) {
                database.execute("INSERT INTO users VALUES (1, 'a'), (2, 'b'), (3, 'c')");
                assertThat(source.nextKeys(users)).containsExactlyInAnyOrder("{1}", "{2}", "{3}");
                database.execute("UPDATE users SET name = 'x' WHERE id = 1");
                database.execute("UPDATE users SET id = 20 WHERE id = 2");
                database.execute("DELETE FROM users WHERE id = 3");
                assertThat(source.nextKeys(users))
                        .containsExactlyInAnyOrder("{1}", "{2}", "{20}", "{3}");
                assertThat(source.next().keys().isEmpty()).isTrue();
            }
        }
    }
}
