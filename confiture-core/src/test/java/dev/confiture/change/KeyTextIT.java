package dev.confiture.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTextIT {
    private static final List<@Nullable String> VALUES =
            Arrays.asList(
                    null, "", " ", "1", "NULL", "null", "\"", "\\", "\\\\\"", "\\N", "{}", "{a,b}",
                    "},{", ",", ";", "'", "it's", "\n\r\t", "\u0001", "é", "\u00A0", "日本語", "😀",
                    "e\u0301", "\uFEFF", "$1 ? :x");

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theServerTakesAKeyApartAgain(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("test")) {
            for (String one : VALUES) {
                for (String other : VALUES) {
                    List<@Nullable String> key = Arrays.asList(one, other, "end");
                    List<@Nullable String> back =
                            session.query(
                                    "SELECT part FROM unnest(CAST(?::text AS text[]))"
                                            + " WITH ORDINALITY AS parts (part, place)"
                                            + " ORDER BY place",
                                    row -> row.textOrNull(1),
                                    KeyText.of(key));
                    assertThat(back).as(KeyText.of(key)).isEqualTo(new ArrayList<>(key));
                    String written =
                            session.queryOne(
                                    "SELECT ARRAY[?::text, ?::text, ?::text]::text",
                                    row -> row.text(1),
                                    one,
                                    other,
                                    "end");
                    assertThat(KeyText.of(key)).as("as the server writes it").isEqualTo(written);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void differentKeysHaveDifferentTexts(PostgresVersion version) throws Exception {
        List<String> texts = new ArrayList<>();
        for (String one : VALUES) {
            texts.add(KeyText.of(Arrays.asList(one)));
            for (String other : VALUES) {
                texts.add(KeyText.of(Arrays.asList(one, other)));
            }
        }
        assertThat(texts).doesNotHaveDuplicates();
        try (TwoDatabases both = TwoDatabases.on(version);
                Session session = both.target().open("test")) {
            long distinct =
                    session.queryOne(
                            "SELECT count(DISTINCT CAST(key AS text[])) FROM unnest(?::text[]) key",
                            row -> row.number(1),
                            texts);
            assertThat(distinct).isEqualTo(texts.size());
        }
    }
}
