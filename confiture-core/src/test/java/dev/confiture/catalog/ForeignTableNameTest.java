package dev.confiture.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignTableNameTest {
    @Test
    void tablesOfPublicKeepTheirNameAndOthersBearTheirSchema() {
        assertThat(name("public", "users")).isEqualTo("users");
        assertThat(name("public", "My \"Table\" ❤")).isEqualTo("My \"Table\" ❤");
        assertThat(name("crm", "users")).isEqualTo("crm.users");
    }

    @Test
    void namesThatWouldFallTogetherAreTakenApart() {
        List<String> names =
                List.of(
                        name("public", "a.b"),
                        name("a", "b"),
                        name("a.b", "c"),
                        name("a", "b.c"),
                        name("public", "a.b.c"));

        assertThat(names).doesNotHaveDuplicates().contains("a.b");
        assertThat(name("public", name("public", "a.b"))).isNotIn(names);
    }

    @Test
    void longNamesFitAndStayDifferent() {
        String longest = "x".repeat(63);
        String wide = "é".repeat(31);

        assertThat(name("public", longest)).isEqualTo(longest);
        assertThat(List.of(name("crm", longest), name("crm", "x".repeat(62)), name("é", wide)))
                .doesNotHaveDuplicates()
                .allSatisfy(
                        name ->
                                assertThat(name.getBytes(StandardCharsets.UTF_8))
                                        .hasSizeLessThanOrEqualTo(63));
        assertThat(name("é", wide)).startsWith("é.é").contains("~").doesNotContain("\uFFFD");
    }

    /** A table that exists under this name must be found by a later version too. */
    @Test
    void theHashNeverChanges() {
        assertThat(name("public", "a.b")).isEqualTo("a.b~b2804e74f152");
    }

    private static String name(String schema, String table) {
        return ForeignTableName.of(new TableName(schema, table)).name();
    }
}
