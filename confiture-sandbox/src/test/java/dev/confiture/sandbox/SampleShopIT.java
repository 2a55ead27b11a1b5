package dev.confiture.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleShopIT {

    static List<PostgresVersion> versions() {
        return PostgresVersion.available();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theOldShopHoldsTheRowsAskedFor(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            SampleShop.createOld(database);
            SampleShop.fill(database, 20_000);
            assertThat(database.count("old_users")).isEqualTo(5_000);
            assertThat(database.count("old_orders")).isEqualTo(15_000);
            assertThat(
                            database.number(
                                    "SELECT count(*) FROM old_orders o WHERE NOT EXISTS"
                                            + " (SELECT FROM old_users u WHERE u.id = o.user_id)"))
                    .isZero();
            assertThat(database.number("SELECT nextval('old_users_id_seq')")).isEqualTo(5_001);
            assertThat(
                            database.number(
                                    "SELECT (pg_relation_size('old_users')"
                                            + " + pg_relation_size('old_orders')) / 20000"))
                    .isBetween(80L, 140L);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theSameNumberGivesTheSameRows(PostgresVersion version) throws Exception {
        String digest =
                "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM old_orders t"
                        + " UNION ALL SELECT md5(string_agg(t::text, '' ORDER BY id))"
                        + " FROM old_users t";
        try (TestDatabase one = PostgresServer.shared(version).createDatabase();
                TestDatabase other = PostgresServer.shared(version).createDatabase()) {
            for (TestDatabase database : List.of(one, other)) {
                SampleShop.createOld(database);
                SampleShop.fill(database, 1_000);
            }
            assertThat(one.rows(digest)).isEqualTo(other.rows(digest)).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theNewShopTakesTheRowsOfTheOldOne(PostgresVersion version) throws Exception {
        try (TestDatabase database = PostgresServer.shared(version).createDatabase()) {
            SampleShop.createOld(database);
            SampleShop.createNew(database);
            SampleShop.fill(database, 1);
            database.execute(
                    """
                    INSERT INTO users (id, email, display_name, bio, login_count, registered_at,
                                       active)
                    SELECT id, email, full_name, bio, login_count, created_at, active
                    FROM old_users;
                    INSERT INTO orders (id, user_id, total_cents, status, note, ordered_at)
                    SELECT id, user_id, amount_cents, status, note, placed_at FROM old_orders;
                    """);
            assertThat(database.count("users")).isEqualTo(1);
            assertThat(database.value("SELECT plan FROM users")).isEqualTo("free");
        }
    }

    @Test
    void theMappingNamesBothTables() {
        assertThat(SampleShop.mapping())
                .contains("source_table: old_users", "source_table: old_orders")
                .contains("full_name: display_name");
    }
}
