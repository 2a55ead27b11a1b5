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
            ShopWriters writers = ShopWriters.start(database::connect);
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
                ShopWriters writers = ShopWriters.start(database::connect)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> writers.figures().errors() > 0);
            assertThat(writers.figures().firstError()).contains("does not exist");
        }
    }
}
