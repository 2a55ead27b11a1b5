package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineMappingTest {
    @Test
    void readsOneEntry() {
        Mapping mapping =
                CommandLineMapping.parse(
                        "billing.old",
                        "users",
                        "full_name: display, \"a,b\":\"c:\"\"d\",x:y,x:z,q:");

        assertThat(mapping.complete()).isFalse();
        assertThat(mapping.everythingElse()).isNull();
        Mapping.Entry entry = mapping.entries().getFirst();
        assertThat(entry.name()).isEqualTo("billing.old:users");
        assertThat(entry.source()).isEqualTo(new TableName("billing", "old"));
        assertThat(entry.target()).isEqualTo(new TableName("public", "users"));
        assertThat(entry.columns())
                .extracting(pair -> pair.source() + ">" + pair.target())
                .containsExactly("full_name>display", "a,b>c:\"d", "x>y", "x>z");
        assertThat(entry.ignore()).extracting(Mapping.IgnoredColumn::column).containsExactly("q");
        assertThat(entry.position()).hasToString("--mapping");
    }

    @Test
    void withoutPairsTheNamesAreTheSame() {
        assertThat(CommandLineMapping.parse("a", "b", " ").entries().getFirst().columns())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a | --mapping: \"a\" has no target column",
                "a:b,c | --mapping: \"c\" has no target column",
                "a:b, | --mapping: a source column is missing in: a:b,",
                ":b | --mapping: a source column is missing in: :b",
                "a:b:c | --mapping: \"a\" is followed by two colons",
                "\"a:b | --mapping: its quotes do not fit: \"a:b",
            })
    void mistakesAreNamed(String columns, String message) {
        assertThatThrownBy(() -> CommandLineMapping.parse("a", "b", columns))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure).hasMessage(message);
                            assertThat(failure.code()).isEqualTo(ErrorCode.USAGE);
                        });
    }

    @Test
    void tablesThatAreNoNamesAreRefused() {
        assertThatThrownBy(() -> CommandLineMapping.parse("a.b.c", "b", ""))
                .hasMessage("--source-table: \"a.b.c\" is no table's name");
        assertThatThrownBy(() -> CommandLineMapping.parse("a", "", ""))
                .hasMessage("--target-table: \"\" is no table's name");
    }
}
