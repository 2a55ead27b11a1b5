package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.catalog.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "users | public | users",
                "billing.users | billing | users",
                "Users | public | Users",
                "Bill.Users | Bill | Users",
                "my table | public | my table",
                "\"odd.name\" | public | odd.name",
                "\"a.b\".\"c\"\"d\" | a.b | c\"d",
                "billing.\"odd.name\" | billing | odd.name",
                "\"users\" | public | users",
                "\" x \" | public | ^ x ^",
                "❤ | public | ❤",
            })
    void readsNamesAsTheyAreWritten(String text, String schema, String name) {
        assertThat(TableReference.parse(text)).contains(new TableName(schema, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", ".", "a.", ".a", "a.b.c", "\"a", "\"a\"b", "a\"b\"", "\"\"", "a..b"
            })
    void refusesWhatIsNoName(String text) {
        assertThat(TableReference.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "Users", "a.b", "c\"d", " x ", "", "my table", "a:b,c"})
    void writesWhatItReads(String part) {
        String name = part.isEmpty() ? "x" : part;
        TableName inPublic = new TableName("public", name);
        TableName elsewhere = new TableName(name, name);

        assertThat(TableReference.parse(TableReference.write(inPublic))).contains(inPublic);
        assertThat(TableReference.parse(TableReference.write(elsewhere))).contains(elsewhere);
    }

    @Test
    void writesNoMoreThanNeeded() {
        assertThat(TableReference.write(new TableName("public", "users"))).isEqualTo("users");
        assertThat(TableReference.write(new TableName("public", "odd.name")))
                .isEqualTo("\"odd.name\"");
    }
}
