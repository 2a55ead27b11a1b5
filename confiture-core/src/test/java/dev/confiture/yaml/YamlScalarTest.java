package dev.confiture.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.error.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlScalarTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users | users",
                "billing.users | billing.users",
                "Größe_2 | Größe_2",
                "no | \"no\"",
                "Null | \"Null\"",
                "2024 | \"2024\"",
                "* | \"*\"",
                "two words | \"two words\"",
                "a\"b\\c | \"a\\\"b\\\\c\"",
                "a\u0001\u202e\ue000\ud83d\ude00 | \"a\\u0001\\u202e\\ue000\ud83d\ude00\"",
            })
    void quotesWhatAReaderCouldTakeForSomethingElse(String text, String written) {
        assertThat(YamlScalar.write(text)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "#",
                "a # b",
                "- a",
                "a: b",
                ": ",
                "{a}",
                "[",
                "&a",
                "!a",
                "%",
                "@a",
                "`",
                "'a'",
                "\"",
                "\\",
                "\n",
                "\t",
                "\u0085",
                "\u00a0",
                "\u2028",
                "\ufeff",
                "\uffff",
                "\udbff\udfff",
                "~",
                "<<",
                "?",
                "---",
                "...",
                "1e3",
                "0x1",
                "é",
                "a."
            })
    void isReadAsWhatWasMeant(String text) {
        YamlMap map =
                YamlDocument.parse(
                        YamlScalar.write(text) + ": " + YamlScalar.write(text) + "\n",
                        "file",
                        ErrorCode.MAPPING);
        assertThat(map.entries().getFirst().key()).isEqualTo(text);
        assertThat(map.entries().getFirst().value().text()).isEqualTo(text);
    }
}
