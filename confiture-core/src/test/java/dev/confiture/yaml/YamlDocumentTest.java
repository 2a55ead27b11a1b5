package dev.confiture.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
    private static YamlMap parse(String text) {
        return YamlDocument.parse(text, "a.yaml", ErrorCode.MAPPING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "null", "1e3", "yes", "0x10", "~", "007", "2024-01-01", ".inf"})
    void namesStayTheTextThatStandsThere(String name) {
        YamlMap map = parse(name + ": " + name + "\nlist: [" + name + "]\n");

        assertThat(map.text(name)).contains(name);
        assertThat(map.value("list").orElseThrow().elements())
                .extracting(YamlNode::text)
                .containsExactly(name);
    }

    @Test
    void quotesAreTakenOff() {
        YamlMap map = parse("\"*\": {}\n'it''s': \"tab\\there\"\n");

        assertThat(map.entries()).extracting(YamlMap.Entry::key).containsExactly("*", "it's");
        assertThat(map.text("it's")).contains("tab\there");
    }

    @Test
    void everythingHasItsLine() {
        YamlMap map = parse("# comment\na: 1\n\nb:\n  - x\n  - y\nc:\n\nd: 2\n");

        assertThat(map.entries())
                .extracting(entry -> entry.key() + " " + entry.position())
                .containsExactly("a a.yaml:2", "b a.yaml:4", "c a.yaml:7", "d a.yaml:9");
        assertThat(map.value("b").orElseThrow().elements())
                .extracting(node -> node.position().line())
                .containsExactly(5, 6);
        assertThat(map.value("c").orElseThrow().position().line()).isEqualTo(7);
    }

    @Test
    void aKeyWithNothingAfterItIsAnEmptyMapOrList() {
        YamlMap map = parse("users:\nother: ''\n");

        assertThat(map.value("users").orElseThrow().map().entries()).isEmpty();
        assertThat(map.value("users").orElseThrow().elements()).isEqualTo(List.of());
        assertThat(map.text("other")).contains("");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        assertThat(parse("\uFEFFa: 1").text("a")).contains("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^ | a.yaml:1: the file is empty",
                "# nothing | a.yaml:1: the file is empty",
                "--- | a.yaml:1: the file is empty",
                "[a, b] | a.yaml:1: the file must be a map (name: value), but is a list",
                "text | a.yaml:1: the file must be a map (name: value), but is a single value",
                "a: 1\\nb: 2\\na: 3 | a.yaml:3: \"a\" stands here a second time, first in line 1",
                "a: &x 1 | a.yaml:1: anchors (&name) are not supported",
                "a: *x | a.yaml:1: aliases (*name) are not supported",
                "a:\\n  <<: {b: 1} | a.yaml:2: merge keys (<<) are not supported",
                "a: !!int 1 | a.yaml:1: tags (!name) are not supported",
                "a: !thing {} | a.yaml:1: tags (!name) are not supported",
                "a: ! [1] | a.yaml:1: tags (!name) are not supported",
                "? [a]\\n: 1 | a.yaml:1: a key must be a single value",
                "a: b\\n   c | a.yaml:1: a value without quotes goes on in the next line",
                "'': 1 | a.yaml:1: a key is empty",
                "a: 1\\n---\\nb: 1 | a.yaml:2: a second document begins here",
            })
    void refusesWhatIsUnclear(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace("\\n", "\n").replace("\\t", "\t")))
                .isInstanceOf(ConfitureException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a: [1, '2'\\nb: 3 | a.yaml:2",
                "a:\\n\\tb: 2 | a.yaml:2",
                "a: 1\\n\\tb: 2 | a.yaml:2",
                "a:\\n  - b\\n c: d | a.yaml:3",
                "a: 'x | a.yaml:1",
                "a: b: c | a.yaml:1",
                "a: @x | a.yaml:1",
                "a: %x | a.yaml:1",
                "a: 1\\n} | a.yaml:2",
            })
    void syntaxErrorsAreOneLineWithTheirPosition(String text, String position) {
        assertThatThrownBy(() -> parse(text.replace("\\n", "\n").replace("\\t", "\t")))
                .isInstanceOf(ConfitureException.class)
                .hasMessageStartingWith(position + ": not valid YAML: column ")
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users: {}\\n*: {}\\n | a.yaml:2: not valid YAML: column 1: while scanning a"
                        + " simple key, could not find expected ':'",
                "users: {}\\n* : {}\\n | a.yaml:2: not valid YAML: column 2: while scanning an"
                        + " alias, unexpected character found (32)",
                "users: {}\\n*rest : {} | a.yaml:2: aliases (*name) are not supported as keys",
            })
    void anUnquotedAsteriskAsAKeyGetsItsHint(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace("\\n", "\n").replace("\\t", "\t")))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure ->
                                assertThat(failure.hint())
                                        .isEqualTo(
                                                "Quote a key that begins with an asterisk, as in"
                                                        + " \"*\": {} for every other table."));
    }

    @Test
    void aControlCharacterIsNamedWithItsLine() {
        assertThatThrownBy(() -> parse("a: 1\nb: \u0007\n"))
                .hasMessage("a.yaml:2: not valid YAML: the character U+0007 is not allowed");
    }

    @Test
    void endlessNestingIsRefused() {
        assertThatThrownBy(() -> parse("a: " + "[".repeat(100_000)))
                .hasMessage("a.yaml:1: nested too deeply");
    }

    @Test
    void theWrongShapeIsNamedWithItsPath() {
        YamlMap map = parse("users:\n  columns: [a]\n  ignore: {b: c}\n  strategy:\n");
        YamlMap users = map.value("users").orElseThrow().map();

        assertThatThrownBy(() -> users.value("columns").orElseThrow().map())
                .hasMessage("a.yaml:2: users.columns must be a map (name: value), but is a list");
        assertThatThrownBy(() -> users.value("ignore").orElseThrow().elements())
                .hasMessage("a.yaml:3: users.ignore must be a list ([a, b]), but is a map");
        assertThatThrownBy(() -> users.text("strategy"))
                .hasMessage("a.yaml:4: users.strategy must be a single value, but is empty");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
        YamlMap map = parse("database_ulr: x\n");

        assertThatThrownBy(() -> map.allowOnly(List.of("name", "database_url")))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure)
                                    .hasMessage(
                                            "a.yaml:1: unknown option \"database_ulr\"; did you"
                                                    + " mean \"database_url\"?");
                            assertThat(failure.hint())
                                    .isEqualTo("Known options: name, database_url.");
                            assertThat(failure.code()).isEqualTo(ErrorCode.MAPPING);
                        });
    }

    @Test
    void aDsnInAKeysPlaceIsNotQuoted() {
        YamlMap map = parse("postgresql://u:canary@h/d: x\n");

        assertThatThrownBy(() -> map.allowOnly(List.of("name")))
                .hasMessage("a.yaml:1: unknown option \"postgresql://…\"");
    }
}
