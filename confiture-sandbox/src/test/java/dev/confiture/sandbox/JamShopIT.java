package dev.confiture.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JamShopIT {
    static List<PostgresVersion> versions() {
        return PostgresVersion.available();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theOldShopHoldsTheRowsAskedFor(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            database.execute(JamShop.oldSchema());
            JamShop.fill(database, 12_000);
            assertThat(database.count("old_users")).isEqualTo(3_000);
            assertThat(database.count("old_orders")).isEqualTo(8_000);
            assertThat(database.count("old_counter_sales")).isEqualTo(1_000);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theNewSchemaTakesTheRowsOfTheOldOne(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            database.execute(JamShop.oldSchema());
            database.execute(JamShop.newSchema());
            JamShop.fill(database, 3);
            database.execute(
                    """
                    INSERT INTO users SELECT id, email, full_name, created_at FROM old_users;
                    INSERT INTO profiles SELECT id, bio, login_count FROM old_users;
                    INSERT INTO orders
                    SELECT 'online', id, user_id, amount_cents / 100.0, status, note, placed_at
                    FROM old_orders;
                    """);
            assertThat(database.count("orders")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theWritersWriteWithoutAnErrorUntilTheyAreClosed(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            database.execute(JamShop.oldSchema());
            JamShop.fill(database, 1_200);
            ShopWriters writers = ShopWriters.start(database::connect, database::connect);
            try (writers) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> writers.figures().commits() >= 100);
            }
            assertThat(writers.figures().firstError()).isNull();
            assertThat(writers.figures().errors()).isZero();
            assertThat(database.count("old_orders")).isNotEqualTo(800);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theWritersCountWhatFails(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase();
                ShopWriters writers = ShopWriters.start(database::connect, database::connect)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> writers.figures().errors() > 0);
            assertThat(writers.figures().firstError()).contains("does not exist");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theWritersGoOnInTheOtherDatabaseWhenOneTakesNoMoreWrites(PostgresVersion version)
            throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase old = server.createDatabase();
                TestDatabase neu = server.createDatabase()) {
            old.execute(JamShop.oldSchema());
            JamShop.fill(old, 1_200);
            neu.execute(JamShop.newSchema());
            neu.execute(
                    """
                    INSERT INTO users (email, display_name)
                    SELECT 'a', 'b' FROM generate_series(1, 10);
                    INSERT INTO profiles SELECT id FROM users;
                    INSERT INTO orders (channel, user_id, total, status)
                    SELECT 'online', 1, 1, 'returned' FROM generate_series(1, 10);
                    """);
            ShopWriters writers = ShopWriters.start(old::connect, neu::connect);
            try (writers) {
                awaitCommits(writers, 50);
                assertThat(writers.figures().pauses()).isEmpty();
                old.execute(
                        """
                        BEGIN;
                        -- Otherwise a writer may wait for the DELETE, and CREATE TRIGGER for it.
                        LOCK TABLE old_users, old_orders, old_counter_sales
                            IN SHARE ROW EXCLUSIVE MODE;
                        -- What changes no row now is not refused, and is no commit that counts.
                        DELETE FROM old_orders;
                        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                            RAISE EXCEPTION 'moved' USING ERRCODE = 'read_only_sql_transaction';
                        END $$;
                        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON old_users
                            FOR EACH ROW EXECUTE FUNCTION refuse();
                        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON old_orders
                            FOR EACH ROW EXECUTE FUNCTION refuse();
                        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON old_counter_sales
                            FOR EACH ROW EXECUTE FUNCTION refuse();
                        COMMIT;
                        """);
                awaitCommits(writers, writers.figures().commits() + 400);
            }
            assertThat(writers.figures().firstError()).isNull();
            assertThat(writers.figures().pauses()).hasSize(1);
            assertThat(neu.count("orders")).isNotEqualTo(10);
        }
    }

    private static void awaitCommits(ShopWriters writers, long commits) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> writers.figures().commits() >= commits);
    }
}
