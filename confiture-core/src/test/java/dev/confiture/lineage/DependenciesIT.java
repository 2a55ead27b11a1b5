package dev.confiture.lineage;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.confiture.TwoDatabases;
import dev.confiture.mapping.Dependency;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the other tables that an entry reads lead to its rows. */
class DependenciesIT {
    private static final String SOURCE =
            """
            CREATE TABLE countries (code char(2) PRIMARY KEY, name text, capital integer);
            CREATE TABLE cities (id integer PRIMARY KEY, name text, country char(2));
            CREATE TABLE old_users (
                id integer PRIMARY KEY, name text, home char(2), "Work" char(2), boss integer);
            CREATE TABLE passports (
                user_id integer, country char(2), number text, PRIMARY KEY (user_id, country));
            """;
    private static final String TARGET = "CREATE TABLE users (id integer PRIMARY KEY, name text);";

    private record Case(String name, String options, List<String> dependencies) {
        Case(String name, String options, String... dependencies) {
            this(name, options, List.of(dependencies));
        }
    }

    private static final List<Case> CASES =
            List.of(
                    new Case("nothing else is read", "expressions: {name: upper(name)}"),
                    new Case(
                            "the condition of a join says it",
                            """
                            joins: [{table: countries, as: c, on: c.code = old_users.home}]
                            expressions: {name: c.name}
                            """,
                            "countries [code] to the driving table's [home]"),
                    new Case(
                            "names need no table where they are clear, and case is kept",
                            """
                            joins: [{table: countries, on: '"Work" = code AND capital > 0'}]
                            expressions: {name: countries.name}
                            """,
                            "countries [code] to the driving table's [Work]"),
                    new Case(
                            "a table is joined twice",
                            """
                            joins:
                              - {table: countries, as: a, on: a.code = old_users.home}
                              - {table: countries, as: b, on: 'b.code = old_users."Work"'}
                            expressions: {name: a.name || b.name}
                            """,
                            "countries [code] to the driving table's [home]",
                            "countries [code] to the driving table's [Work]"),
                    new Case(
                            "a table is joined to itself",
                            """
                            joins: [{table: old_users, as: b, on: b.id = old_users.boss}]
                            expressions: {name: b.name}
                            """,
                            "old_users [id] to the driving table's [boss]"),
                    new Case(
                            "two columns lead there",
                            """
                            joins:
                              - table: passports
                                as: p
                                on: p.user_id = old_users.id AND p.country = home
                            expressions: {name: p.number}
                            """,
                            "passports [user_id, country] to the driving table's [id, home]"),
                    new Case(
                            "a join hangs on another one",
                            """
                            joins:
                              - {table: countries, as: c, on: c.code = old_users.home}
                              - table: passports
                                as: p
                                type: left
                                on: p.country = c.code AND p.user_id = old_users.id
                            expressions: {name: p.number || c.name}
                            """,
                            "countries [code] to the driving table's [home]",
                            "passports [user_id, country] to the driving table's [id, home]"),
                    new Case(
                            "a subselect is declared",
                            """
                            expressions:
                              name: (SELECT max(number) FROM passports WHERE user_id = old_users.id)
                            depends: {passports: [user_id]}
                            """,
                            "passports [user_id] to the target's [id]"),
                    new Case(
                            "a subselect on the driving table is declared",
                            """
                            expressions:
                              name: (SELECT max(name) FROM old_users u WHERE boss = old_users.id)
                            depends: {old_users: [boss]}
                            """,
                            "old_users [boss] to the target's [id]"),
                    new Case(
                            "a joined table is read in a subselect too",
                            """
                            joins:
                              - table: passports
                                as: p
                                on: p.user_id = old_users.id AND p.country = home
                            expressions:
                              name: >
                                p.number || (
                                    SELECT count(*) FROM passports x
                                    WHERE x.user_id = old_users.id)
                            depends: {passports: [user_id]}
                            """,
                            "passports [user_id, country] to the driving table's [id, home]",
                            "passports [user_id] to the target's [id]"));

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void otherTablesLeadToTheRows(PostgresVersion version) throws SQLException {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onSource(SOURCE).onTarget(TARGET);
            assertSoftly(softly -> CASES.forEach(it -> holds(it, databases, softly)));
        }
    }

    private static void holds(Case wanted, TwoDatabases databases, SoftAssertions softly) {
        String mapping =
                "users:\n  source_table: old_users\n"
                        + wanted.options.indent(2)
                        + "  ignore: [home, Work, boss, name, countries.capital, countries.name,"
                        + " passports.number, passports.country]\n"
                        + "ignore_tables: [countries, cities, passports]\n";
        List<Dependency> found =
                databases.resolve(mapping).derivations().getFirst().lineage().dependencies();
        softly.assertThat(found.stream().map(DependenciesIT::written))
                .as(wanted.name)
                .containsExactlyInAnyOrderElementsOf(wanted.dependencies);
    }

    private static String written(Dependency dependency) {
        String end =
                dependency.kind() == Dependency.LeadsTo.DRIVING_TABLE
                        ? " to the driving table's "
                        : " to the target's ";
        return dependency.table().name()
                + list(dependency.columns())
                + end
                + list(dependency.leadsTo()).strip();
    }

    private static String list(List<String> columns) {
        return columns.stream().collect(Collectors.joining(", ", " [", "]"));
    }
}
