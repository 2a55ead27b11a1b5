package dev.confiture.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingParserTest {
    private static Mapping parse(String text) {
        return MappingParser.parse(text, "mapping.yaml");
    }

    @Test
    void readsTheDocumentedForm() {
        String text =
                """
                users:
                  source_table: old_users        # schema-qualified allowed
                  target_table: billing.users
                  columns:
                    full_name: display_name      # source column: target column
                    email: [email, login]
                  ignore: [legacy_flag, on]
                  strategy: fdw
                ignore_tables: [audit_log, '"odd.name"']
                "*": {}
                """;

        Mapping mapping = parse(text);

        assertThat(mapping.text()).isEqualTo(text);
        assertThat(mapping.complete()).isTrue();
        assertThat(mapping.everythingElse()).hasToString("mapping.yaml:10");
        assertThat(mapping.ignoreTables())
                .extracting(Mapping.IgnoredTable::table)
                .containsExactly(
                        new TableName("public", "audit_log"), new TableName("public", "odd.name"));
        Mapping.Entry users = mapping.entries().getFirst();
        assertThat(mapping.entries()).hasSize(1);
        assertThat(users.name()).isEqualTo("users");
        assertThat(users.source()).isEqualTo(new TableName("public", "old_users"));
        assertThat(users.target()).isEqualTo(new TableName("billing", "users"));
        assertThat(users.position()).hasToString("mapping.yaml:1");
        assertThat(users.strategy()).isEqualTo(Strategy.FDW);
        assertThat(users.columns())
                .extracting(pair -> pair.source() + ">" + pair.target() + "@" + pair.position())
                .containsExactly(
                        "full_name>display_name@mapping.yaml:5",
                        "email>email@mapping.yaml:6",
                        "email>login@mapping.yaml:6");
        assertThat(users.ignore())
                .extracting(ignored -> ignored.column() + "@" + ignored.position().line())
                .containsExactly("legacy_flag@7", "on@7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing.users: {}", "billing.users:", "billing.users: {columns: {}}"})
    void theEntrysNameStandsForBothTables(String text) {
        Mapping.Entry entry = parse(text).entries().getFirst();

        assertThat(entry.source()).isEqualTo(new TableName("billing", "users"));
        assertThat(entry.target()).isEqualTo(entry.source());
        assertThat(entry.columns()).isEmpty();
        assertThat(entry.ignore()).isEmpty();
        assertThat(entry.strategy()).isNull();
    }

    @Test
    void autoIsNoStrategyOfItsOwn() {
        assertThat(parse("a: {strategy: auto}").entries().getFirst().strategy()).isNull();
        assertThat(parse("a: {strategy: copy}").entries().getFirst().strategy())
                .isEqualTo(Strategy.COPY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks", "before_copy", "on_switch"})
    void aHookIsRefusedWithItsPlace(String option) {
        assertThatThrownBy(() -> parse("users:\n  columns: {}\n  " + option + ": x\n"))
                .hasMessage(
                        "mapping.yaml:3: entry users: \""
                                + option
                                + "\" does not belong in a mapping")
                .extracting(failure -> ((ConfitureException) failure).hint())
                .isEqualTo("Hooks stand in the target's environment file, under hooks.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "users: {colums: {}} | 1: entry users: unknown option \"colums\"; did you mean"
                        + " \"columns\"?",
                "users: {whree: x} | 1: entry users: unknown option \"whree\"; did you mean"
                        + " \"where\"?",
                "users: {strategy: cpy} | 1: users.strategy must be auto, copy or fdw, but is"
                        + " \"cpy\"; did you mean \"copy\"?",
                "users: {strategy: FDW} | 1: users.strategy must be auto, copy or fdw, but is"
                        + " \"FDW\"; did you mean \"fdw\"?",
                "users: [a] | 1: users must be a map (name: value), but is a list",
                "users: x | 1: users must be a map (name: value), but is a single value",
                "users: {columns: [a]} | 1: users.columns must be a map (name: value), but is a"
                        + " list",
                "users: {columns: {a: {b: c}}} | 1: users.columns.a must be a single value, but is"
                        + " a map",
                "users: {columns: {a: }} | 1: users.columns.a must be a single value, but is empty",
                "users: {columns: {a: ''}} | 1: users.columns.a holds an empty name",
                "users: {columns: {a: []}} | 1: users.columns.a names no target column",
                "users: {ignore: a} | 1: users.ignore must be a list ([a, b]), but is a single"
                        + " value",
                "users: {columns: {a: b, a: c}} | 1: \"a\" stands here a second time, first in"
                        + " line 1",
                "users: {source_table: a.b.c} | 1: users.source_table is no table's name: a.b.c",
                "users: {target_table: '\"'} | 1: users.target_table is no table's name: \"",
                "a.b.c: {source_table: x} | 1: entry a.b.c: its name is no table's name, and it has"
                        + " no target_table",
                "ignore_tables: {a: b} | 1: ignore_tables must be a list ([a, b]), but is a map",
                "ignore_tables: [a.b.c] | 1: ignore_tables is no table's name: a.b.c",
                "'*': {ignore: [x]} | 1: \"*\" takes no options",
                "tables: {users: {}} | 1: entry tables: unknown option \"users\"",
                "users: {expressions: [a]} | 1: users.expressions must be a map (name: value), but"
                        + " is a list",
                "users: {expressions: {a: ' '}} | 1: users.expressions.a holds no SQL",
                "users: {where: [a]} | 1: users.where must be a single value, but is a list",
                "users: {joins: {table: t, on: x}} | 1: users.joins must be a list ([a, b]), but is"
                        + " a map",
                "users: {joins: [{table: t}]} | 1: users.joins has no \"on\"",
                "users: {joins: [{on: x}]} | 1: users.joins has no \"table\"",
                "users: {joins: [{table: t, onn: x}]} | 1: users.joins: unknown option \"onn\"; did"
                        + " you mean \"on\"?",
                "users: {joins: [{table: t, on: x, type: full}]} | 1: users.joins.type must be"
                        + " inner or left, but is \"full\"",
                "users: {evaluate: traget} | 1: users.evaluate must be source or target, but is"
                        + " \"traget\"; did you mean \"target\"?",
                "users: {key: id} | 1: users.key must be a list ([a, b]), but is a single value",
                "users: {depends: [t]} | 1: users.depends must be a map (name: value), but is a"
                        + " list",
                "users: {expressions: {a: x, a: y}} | 1: \"a\" stands here a second time, first in"
                        + " line 1",
                "users: {select: SELECT 1, where: x} | 1: users.where cannot stand beside"
                        + " \"select\", which is the whole query",
                "users: {select: SELECT 1, depends: {t: [a]}} | 1: users.select needs \"key\""
                        + " beside it: the target columns that identify its rows",
                "users: {select: SELECT 1, key: [a]} | 1: users.select needs \"depends\" beside it:"
                        + " each table that it reads, with its columns that lead to the key",
            })
    void mistakesAreNamedWithFileLineAndEntry(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure).hasMessage("mapping.yaml:" + message);
                            assertThat(failure.code()).isEqualTo(ErrorCode.MAPPING);
                        });
    }

    @Test
    void aNestingThatIsNoPartOfTheFormGetsItsHint() {
        assertThatThrownBy(() -> parse("tables: {users: {}}"))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure ->
                                assertThat(failure.hint())
                                        .isEqualTo(
                                                "Entries stand at the top of the file; take"
                                                        + " \"tables:\" away."));
    }
}
