package dev.confiture.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTextTest {
    static Stream<List<@Nullable String>> keys() {
        return Stream.of(
                List.of("1"),
                List.of("1", "a"),
                Arrays.asList(null, "NULL", "null", "x"),
                Arrays.asList("a", null),
                List.of("", "", ""),
                List.of("{", "}", ",", "\"", "\\", "\\\"", "{a,b}", "{\"a\",\"\\\\\"}"),
                List.of(" a ", "\t", "\n", "é", "\uD83D\uDE00", "a\"b"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theValuesComeOutAsTheyWentIn(List<@Nullable String> values) {
        assertThat(KeyText.values(KeyText.of(values))).isEqualTo(values);
    }
}
