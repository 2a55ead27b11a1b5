package dev.confiture.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnownedColumnsIT {
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRowThatWasThereTwiceComesBackOnceWithItsOwnValues(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onSource("CREATE TABLE users (id integer PRIMARY KEY, name text)");
            databases.onTarget("CREATE TABLE users (id integer, name text, note text DEFAULT 'd')");
            databases.onTarget("INSERT INTO users VALUES (1, 'a', 'kept'), (1, 'b', 'kept')");
            RowKey key =
                    new RowKey(
                            List.of(), List.of(new KeyColumn("t.\"id\"", 1, List.of("integer"))));
            UnownedColumns unowned =
                    UnownedColumns.of(
                            databases.carry("users", "users"),
                            databases.targetCatalog().require(TwoDatabases.name("users")),
                            key,
                            0);
            try (Session target = databases.target().open("test")) {
                target.inTransaction(
                        () -> {
                            unowned.keep(target, "DELETE FROM \"public\".\"users\" AS t");
                            String stage = unowned.stage(target);
                            target.execute("INSERT INTO " + stage + " VALUES (1, 'c'), (2, 'new')");
                            unowned.insert(target);
                            return stage;
                        });
            }
            assertThat(databases.rawTarget().rows("SELECT * FROM users ORDER BY id"))
                    .containsExactly(List.of("1", "c", "kept"), List.of("2", "new", "d"));
        }
    }
}
