package dev.confiture.mapping;

import static dev.confiture.mapping.Schemas.catalog;
import static dev.confiture.mapping.Schemas.name;
import static dev.confiture.mapping.Schemas.table;
import static dev.confiture.mapping.Schemas.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.SqlProbe.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is wrong with a long form whose SQL the servers accept; scenarios show the rest. */
class LongFormTest {
    private static final Catalog SOURCE =
            catalog(
                    table("old_users", "id bigint!", "email text", "boss bigint"),
                    table("countries", "id bigint!", "name text"),
                    table("crm.notes", "id bigint!", "note text"));
    private static final Catalog TARGET =
            catalog(table("users", "id bigint!", "email text", "boss bigint", "info text"));

    /** Servers that accept any SQL, and say that it reads these columns and gives these. */
    private record Accepting(List<String> gives, Map<TableName, Set<String>> reads)
            implements SqlProbe {
        @Override
        public Answer prove(Rendering select, Evaluation evaluation) {
            List<ResultColumn> columns =
                    gives.stream().map(column -> new ResultColumn(column, type("text"))).toList();
            return new Answer(columns, reads, List.of(), List.of(), true);
        }

        @Override
        public Optional<ConfitureException> refusal(String selectOnSource) {
            return Optional.empty();
        }
    }

    private static Accepting oneExpression(String... tables) {
        return new Accepting(List.of("c0"), reads(tables));
    }

    private static Map<TableName, Set<String>> reads(String... tables) {
        return Arrays.stream(tables)
                .collect(
                        Collectors.toMap(
                                Schemas::name,
                                table -> Set.copyOf(SOURCE.require(name(table)).columnNames())));
    }

    private static ResolvedMapping resolve(String mapping, SqlProbe probe) {
        return MappingResolver.resolve(
                MappingParser.parse(mapping, "mapping.yaml"), SOURCE, TARGET, probe);
    }

    private static ConfitureException failure(String mapping, SqlProbe probe) {
        return catchThrowableOfType(ConfitureException.class, () -> resolve(mapping, probe));
    }

    private static String users(String options) {
        return "users:\n  source_table: old_users\n"
                + options.indent(2)
                + "ignore_tables: [countries, crm.notes]\n";
    }

    @Test
    void aTargetColumnFedByAColumnAndByAnExpressionIsAnError() {
        assertThat(
                        failure(
                                users("columns: {boss: info}\nexpressions: {info: email}"),
                                oneExpression("old_users")))
                .hasMessage(
                        "mapping.yaml:4: entry users: target column \"info\" is fed twice, by"
                                + " \"boss\" and by an expression");
    }

    @Test
    void anExpressionForAColumnThatDoesNotExistNamesTheNearest() {
        ConfitureException failure =
                failure(users("expressions: {inf: email}"), oneExpression("old_users"));

        assertThat(failure)
                .hasMessage(
                        "mapping.yaml:3: entry users: target column \"inf\" does not exist in"
                                + " public.users; did you mean \"info\"?");
        assertThat(failure.code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
    }

    @Test
    void anUnknownJoinedTableIsNamedWithTheNearestAndNothingElse() {
        ConfitureException failure =
                failure(
                        users(
                                "joins: [{table: contries, on: contries.id = old_users.id}]\n"
                                        + "expressions: {info: contries.name}"),
                        oneExpression("old_users"));

        assertThat(failure)
                .hasMessage(
                        "mapping.yaml:3: entry users: source table public.contries does not exist;"
                                + " did you mean \"countries\"?");
        assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    }

    @Test
    void aJoinWhoseConditionSaysNoWayAsksForOne() {
        ConfitureException failure =
                failure(
                        users(
                                "joins: [{table: countries, on: name = email}]\n"
                                        + "expressions: {info: name}"),
                        oneExpression("old_users", "countries"));

        assertThat(failure)
                .hasMessage(
                        "mapping.yaml:1: entry users: reads public.countries without saying which"
                                + " of its columns lead to the key");
        assertThat(failure.hint())
                .isEqualTo(
                        "Write its on as countries.COLUMN = old_users.COLUMN, with AND between"
                                + " several; or add: depends: {countries: [COLUMN, …]}, one column"
                                + " for each column of the key.");
    }

    @Test
    void everyJoinOnATableIsHeldAgainstItsKeys() {
        assertThat(
                        failure(
                                users(
                                        """
                                        joins:
                                          - {table: countries, as: a, on: a.id = old_users.id}
                                          - {table: countries, as: b, on: b.name = old_users.email}
                                        expressions: {info: a.name}
                                        """),
                                oneExpression("old_users", "countries")))
                .hasMessage(
                        "mapping.yaml:5: entry users: the join on public.countries (name) may find"
                                + " several rows, so the key would not be unique");
    }

    @Test
    void aTableThatIsJoinedTwiceIsFollowedBothWays() {
        ResolvedMapping resolved =
                resolve(
                        users(
                                """
                                joins:
                                  - {table: countries, as: a, on: a.id = old_users.id}
                                  - {table: countries, as: b, on: b.id = old_users.boss}
                                expressions: {info: a.name || b.name}
                                """),
                        oneExpression("old_users", "countries"));

        assertThat(resolved.derivations().getFirst().lineage().dependencies())
                .extracting(Dependency::leadsTo)
                .containsExactly(List.of("id"), List.of("boss"));
    }

    @Test
    void aTableThatIsJoinedToItselfIsADependencyToo() {
        ResolvedMapping resolved =
                resolve(
                        users(
                                """
                                joins:
                                  - table: old_users
                                    as: boss
                                    type: left
                                    on: boss.id = old_users.boss
                                expressions: {info: boss.email}
                                """),
                        oneExpression("old_users"));

        assertThat(resolved.derivations().getFirst().lineage().dependencies())
                .containsExactly(
                        new Dependency(
                                name("old_users"),
                                List.of("id"),
                                Dependency.LeadsTo.DRIVING_TABLE,
                                List.of("boss")));
    }

    @Test
    void dependsNamesTablesThatAreReadAndColumnsThatExist() {
        assertThat(
                        failure(
                                users("expressions: {info: email}\ndepends: {countries: [id]}"),
                                oneExpression("old_users")))
                .hasMessage(
                        "mapping.yaml:4: entry users: depends: its SQL does not read"
                                + " public.countries");
        assertThat(failure(users("depends: {countries: [id]}"), oneExpression()))
                .hasMessage(
                        "mapping.yaml:3: entry users: depends: its SQL does not read"
                                + " public.countries");
        assertThat(
                        failure(
                                users("expressions: {info: (…)}\ndepends: {countries: [nam]}"),
                                oneExpression("countries")))
                .hasMessage(
                        "mapping.yaml:4: entry users: column \"nam\" does not exist in"
                                + " public.countries; did you mean \"name\"?");
        assertThat(
                        failure(
                                users("expressions: {info: (…)}\ndepends: {contries: [id]}"),
                                oneExpression("countries")))
                .hasMessage(
                        "mapping.yaml:4: entry users: source table public.contries does not exist;"
                                + " did you mean \"countries\"?");
    }

    @Test
    void dependsHasOneColumnForEachOfTheKey() {
        ConfitureException failure =
                failure(
                        users("expressions: {info: (…)}\ndepends: {countries: [id, name]}"),
                        oneExpression("countries"));

        assertThat(failure)
                .hasMessage(
                        "mapping.yaml:4: entry users: depends: 2 columns of public.countries cannot"
                                + " lead to the key (id)");
        assertThat(failure.hint())
                .isEqualTo("Name one column for each column of the key, in the same order.");
    }

    @Test
    void aKeyColumnIsFedAndCarriesAKeyOfTheSource() {
        assertThat(failure(users("key: [idd]"), oneExpression()))
                .hasMessage(
                        "mapping.yaml:3: entry users: key column \"idd\" is fed by nothing; did you"
                                + " mean \"id\"?");
        assertThat(failure(users("key: [email]"), oneExpression()))
                .hasMessage(
                        "mapping.yaml:3: entry users: the key (email) does not carry a unique, NOT"
                                + " NULL key of public.old_users");
    }

    @Test
    void reverseNamesSourceColumns() {
        assertThat(failure(users("reverse: {emial: lower(email)}"), oneExpression()))
                .hasMessage(
                        "mapping.yaml:3: entry users: column \"emial\" does not exist in"
                                + " public.old_users; did you mean \"email\"?");
    }

    @Test
    void aColumnOfATableThatIsReadIsIgnoredWithItsTablesName() {
        String joined =
                """
                joins: [{table: crm.notes, on: notes.id = old_users.id}]
                expressions: {info: old_users.email}
                """;
        Accepting probe = new Accepting(List.of("c0"), Map.of(name("crm.notes"), Set.of("id")));
        String rest = "ignore_tables: [countries]\n";
        String entry = "users:\n  source_table: old_users\n";

        assertThat(failure(entry + joined.indent(2) + rest, probe))
                .hasMessageContaining("source column \"note\" of crm.notes is carried by no entry")
                .extracting(ConfitureException::hint)
                .asString()
                .contains("users: {ignore: [crm.notes.note]}");
        assertThat(
                        resolve(
                                        entry
                                                + (joined + "ignore: [crm.notes.note, email]")
                                                        .indent(2)
                                                + rest,
                                        probe)
                                .derivations())
                .hasSize(1);
        assertThat(failure(entry + (joined + "ignore: [crm.notes.nte]").indent(2) + rest, probe))
                .hasMessageContaining(
                        "mapping.yaml:5: entry users: column \"nte\" does not exist in crm.notes;"
                                + " did you mean \"note\"?");
    }

    @Test
    void aSelectGivesColumnsOfTheTargetAndItsKey() {
        String select =
                """
                users:
                  select: SELECT …
                  key: [id]
                  depends: {old_users: [id]}
                ignore_tables: [countries, crm.notes]
                """;

        assertThat(failure(select, new Accepting(List.of("id", "inf"), reads("old_users"))))
                .hasMessage(
                        "mapping.yaml:2: entry users: the select gives a column \"inf\" that does"
                                + " not exist in public.users; did you mean \"info\"?");
        assertThat(
                        failure(select, new Accepting(List.of("email"), reads("old_users")))
                                .getMessage())
                .isEqualTo(
                        "mapping.yaml:1: entry users: target column \"id\" of public.users is NOT"
                                + " NULL, has no default, and is fed by nothing\n"
                                + "mapping.yaml:3: entry users: key column \"id\" is no column of"
                                + " the select");
        assertThat(
                        failure(
                                select.replace("select: ", "ignore: [emial]\n  select: "),
                                new Accepting(List.of("id"), reads("old_users"))))
                .hasMessage(
                        "mapping.yaml:2: entry users: ignored column \"emial\" exists in no table"
                                + " that its select reads");
    }

    @Test
    void whatIsNoTableOfTheApplicationsIsNotRead() {
        assertThat(
                        failure(
                                users("expressions: {info: (SELECT …)}"),
                                new Accepting(
                                        List.of("c0"),
                                        Map.of(new TableName("pg_catalog", "pg_class"), Set.of()))))
                .hasMessage(
                        "mapping.yaml:1: entry users: reads pg_catalog.pg_class, which is no table"
                                + " of the application's");
    }
}
