package dev.confiture.inverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.catalog.Table;
import dev.confiture.mapping.Schemas;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldValuesTest {
    private static final Table TABLE =
            Schemas.table("t", "id int", "kind text", "size int", "deleted boolean");

    private static Map<String, String> held(String condition) {
        return HeldValues.of(condition, TABLE);
    }

    @Test
    void plainConditionsHoldTheirColumns() {
        assertThat(held("kind = 'person'")).isEqualTo(Map.of("kind", "'person'"));
        assertThat(held(" t.Kind='it''s' ")).isEqualTo(Map.of("kind", "'it''s'"));
        assertThat(held("size = -7")).isEqualTo(Map.of("size", "-7"));
        assertThat(held("NOT deleted")).isEqualTo(Map.of("deleted", "false"));
        assertThat(held("kind IS NULL and deleted\n AND size = 3"))
                .isEqualTo(Map.of("kind", "NULL", "deleted", "true", "size", "3"));
    }

    @Test
    void ofAnyOtherConditionNothingIsKnown() {
        for (String condition :
                new String[] {
                    "size > 3",
                    "kind = 'a' OR size = 3",
                    "kind = 'a' AND size > 3",
                    "kind = 'a AND size = 3'",
                    "kind = E'\\\\'",
                    "kind = other",
                    "lower(kind) = 'a'",
                    "NOT size",
                    "nothing = 3",
                    "kind = 'a' -- AND size = 3",
                    "kind = 'a' AND kind = 'b'"
                }) {
            assertThat(held(condition)).as(condition).isEmpty();
        }
    }
}
