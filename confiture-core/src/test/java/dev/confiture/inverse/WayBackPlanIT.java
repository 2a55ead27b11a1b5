package dev.confiture.inverse;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.Catalog;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.RowQuery;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of refactoring has for a way back, on servers that resolve it. */
class WayBackPlanIT {
    /**
     * A refactoring.
     *
     * @param expected lines as {@link #described} writes them
     */
    private record Case(
            String name, String source, String target, String mapping, List<String> expected) {
        Case(String name, String source, String target, String mapping, String... expected) {
            this(name, source, target, mapping, List.of(expected));
        }
    }

    private static final List<Case> CASES =
            List.of(
                    new Case(
                            "columns are renamed, wider, and new",
                            "CREATE TABLE o (id int PRIMARY KEY, a varchar(9), n int NOT NULL)",
                            "CREATE TABLE n (id bigint PRIMARY KEY, b text, n bigint, extra text)",
                            "n: {source_table: o, columns: {a: b}}",
                            "n to o by id: b>a id>id n>n",
                            "o.a lossless",
                            "o.id lossless",
                            "o.n lossless"),
                    new Case(
                            "a type that alters values needs reverse",
                            "CREATE TABLE o (id int PRIMARY KEY, day timestamp,"
                                    + " price numeric(8,3))",
                            "CREATE TABLE n (id int PRIMARY KEY, day date, price numeric(8,2))",
                            "n: {source_table: o, reverse: {price: 'price * 1.000'}}",
                            "n to o by id: id>id (price * 1.000)>price",
                            "o.day ends here: it became date, which may alter a value",
                            "o.id lossless",
                            "o.price lossless"),
                    new Case(
                            "the name of a column under reverse carries it as it is",
                            "CREATE TABLE o (id int PRIMARY KEY, doc json)",
                            "CREATE TABLE n (id int PRIMARY KEY, doc jsonb)",
                            "n: {source_table: o, reverse: {doc: doc}}",
                            "n to o by id: doc>doc id>id",
                            "o.doc lossless",
                            "o.id lossless"),
                    new Case(
                            "what a cast back may alter without a word is told, unless it is meant",
                            "CREATE TABLE o (id int PRIMARY KEY, doc jsonb, meant jsonb, n int)",
                            "CREATE TABLE n (id int PRIMARY KEY, doc json, meant json, n numeric)",
                            "n: {source_table: o, reverse: {meant: meant}}",
                            "n to o by id: doc>doc id>id meant>meant n>n",
                            "o.doc may alter: it goes back from json to jsonb, which may alter a"
                                    + " value",
                            "o.id lossless",
                            "o.meant lossless",
                            "o.n lossless"),
                    new Case(
                            "what is computed ends unless reverse computes it back",
                            "CREATE TABLE o (id int PRIMARY KEY, cents int, a text, b text)",
                            "CREATE TABLE n (id int PRIMARY KEY, amount numeric, name text)",
                            """
                            n:
                              source_table: o
                              expressions: {amount: cents / 100.0, name: a || b}
                              reverse: {cents: (amount * 100)::int}
                            """,
                            "n to o by id: ((amount * 100)::int)>cents id>id",
                            "o.a ends here: entry n carries only what SQL makes of it",
                            "o.b ends here: entry n carries only what SQL makes of it",
                            "o.cents lossless",
                            "o.id lossless"),
                    new Case(
                            "a column that is left behind keeps its values",
                            "CREATE TABLE o (id int PRIMARY KEY, fax text, plan text NOT NULL"
                                    + " DEFAULT 'free')",
                            "CREATE TABLE n (id int PRIMARY KEY)",
                            "n: {source_table: o, ignore: [fax, plan]}",
                            "n to o by id: id>id",
                            "o.fax lossless: left behind: rows keep the value that they have",
                            "o.id lossless",
                            "o.plan lossless: left behind: rows keep the value that they have"),
                    new Case(
                            "one that is NOT NULL must come from somewhere",
                            "CREATE TABLE o (id int PRIMARY KEY, fax text NOT NULL)",
                            "CREATE TABLE n (id int PRIMARY KEY)",
                            "n: {source_table: o, ignore: [fax]}",
                            "no way back: o needs a value for fax in rows that the new database"
                                    + " adds, and no new column feeds it",
                            "o.fax needs a default: no new column feeds it",
                            "o.id lossless"),
                    new Case(
                            "the parts of a split are joined to the one that is referred to",
                            "CREATE TABLE o (id int PRIMARY KEY, bio text, email text NOT NULL)",
                            "CREATE TABLE users (id bigint PRIMARY KEY, email text);"
                                    + " CREATE TABLE bios (user_id bigint PRIMARY KEY"
                                    + " REFERENCES users, bio text)",
                            """
                            bios: {source_table: o, columns: {id: user_id}}
                            users: {source_table: o}
                            """,
                            "users to o by id: \"bios\".\"bio\">bio email>email id>id"
                                    + " joins bios",
                            "o.bio lossless",
                            "o.email lossless",
                            "o.id lossless"),
                    new Case(
                            "a conditional split comes back part by part",
                            "CREATE TABLE o (id int PRIMARY KEY, kind text NOT NULL, name text,"
                                    + " vat text)",
                            "CREATE TABLE persons (id int PRIMARY KEY, name text);"
                                    + " CREATE TABLE companies (id int PRIMARY KEY, name text,"
                                    + " vat text)",
                            """
                            persons: {source_table: o, where: kind = 'person'}
                            companies: {source_table: o, where: kind = 'company'}
                            """,
                            "companies to o by id: id>id ('company')>kind name>name vat>vat"
                                    + " claims kind = 'company'",
                            "persons to o by id: id>id ('person')>kind name>name"
                                    + " claims kind = 'person'",
                            "o.id lossless",
                            "o.kind lossless",
                            "o.name lossless",
                            "o.vat lossless: left behind: rows keep the value that they have"),
                    new Case(
                            "a condition that is not plain needs reverse",
                            "CREATE TABLE o (id int PRIMARY KEY, size int)",
                            "CREATE TABLE n (id int PRIMARY KEY)",
                            "n: {source_table: o, where: size > 3}",
                            "no way back: o needs size in rows that the new database adds, because"
                                    + " a where reads it",
                            "o.id lossless",
                            "o.size ends here: entry n carries only what SQL makes of it"),
                    new Case(
                            "a union is taken apart by what says where a row came from",
                            "CREATE TABLE a (id int PRIMARY KEY, name text);"
                                    + " CREATE TABLE b (id int PRIMARY KEY, title text)",
                            "CREATE TABLE n (origin text, id bigint, name text,"
                                    + " PRIMARY KEY (origin, id))",
                            """
                            a: {target_table: n, expressions: {origin: "'a'"}, key: [origin, id]}
                            b:
                              target_table: n
                              columns: {title: name}
                              expressions: {origin: "'b'"}
                              key: [origin, id]
                            """,
                            "n to a by id: id>id name>name"
                                    + " where \"n\".\"origin\" = CAST(('a' ) AS text)",
                            "n to b by id: id>id name>title"
                                    + " where \"n\".\"origin\" = CAST(('b' ) AS text)",
                            "a.id lossless",
                            "a.name lossless",
                            "b.id lossless",
                            "b.title lossless"),
                    new Case(
                            "a union without a mark has no way back",
                            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY"
                                    + " KEY)",
                            "CREATE TABLE n (id int PRIMARY KEY)",
                            "{a: {target_table: n}, b: {target_table: n}}",
                            "no way back: a shares n with other old tables, and nothing in its"
                                    + " rows says where they came from",
                            "no way back: b shares n with other old tables, and nothing in its"
                                    + " rows says where they came from",
                            "a.id ends here: shares n with other old tables, and nothing in its"
                                    + " rows says where they came from",
                            "b.id ends here: shares n with other old tables, and nothing in its"
                                    + " rows says where they came from"),
                    new Case(
                            "of a lookup the driving table's columns come back",
                            "CREATE TABLE country (code text PRIMARY KEY, name text);"
                                    + " CREATE TABLE o (id int PRIMARY KEY, code text)",
                            "CREATE TABLE n (id int PRIMARY KEY, country text)",
                            """
                            n:
                              source_table: o
                              joins: [{table: country, type: left, on: country.code = o.code}]
                              expressions: {country: country.name}
                            """,
                            "n to o by id: id>id",
                            "o.code ends here: entry n carries only what SQL makes of it",
                            "o.id lossless"),
                    new Case(
                            "a query of its own has no way back, the table's other entry has",
                            "CREATE TABLE o (id int PRIMARY KEY, u int, cents int);"
                                    + " CREATE TABLE p (id int PRIMARY KEY, u int)",
                            "CREATE TABLE o (id int PRIMARY KEY, u int, cents int);"
                                    + " CREATE TABLE t (u int PRIMARY KEY, n bigint);"
                                    + " CREATE TABLE v (u int PRIMARY KEY, n bigint)",
                            """
                            o: {}
                            t:
                              select: SELECT u, count(*) AS n FROM o GROUP BY u
                              key: [u]
                              depends: {o: [u]}
                            v:
                              select: SELECT u, count(*) AS n FROM p GROUP BY u
                              key: [u]
                              depends: {p: [u]}
                              ignore: [p.id]
                            """,
                            "o to o by id: cents>cents id>id u>u",
                            "no way back: p is carried by a query of its own alone (entry v),"
                                    + " which cannot be turned round",
                            "o.cents lossless",
                            "o.id lossless",
                            "o.u lossless",
                            "p.id ends here: is carried by a query of its own alone (entry v),"
                                    + " which cannot be turned round",
                            "p.u ends here: is carried by a query of its own alone (entry v),"
                                    + " which cannot be turned round"),
                    new Case(
                            "a query of its own that says how it is turned round",
                            "CREATE TABLE o (id int PRIMARY KEY, name text)",
                            "CREATE TABLE n (id int PRIMARY KEY, upper_name text)",
                            """
                            n:
                              select: SELECT id, upper(name) AS upper_name FROM o
                              key: [id]
                              depends: {o: [id]}
                              reverse: {id: id, name: lower(upper_name)}
                            """,
                            "n to o by id: id>id (lower(upper_name))>name",
                            "o.id lossless",
                            "o.name lossless"),
                    new Case(
                            "keys are renamed and cast, and generated columns make themselves",
                            "CREATE TABLE o (a int, b text, twice int GENERATED ALWAYS AS (a * 2)"
                                    + " STORED, PRIMARY KEY (a, b))",
                            "CREATE TABLE n (x bigint, y varchar(20), PRIMARY KEY (y, x))",
                            "n: {source_table: o, columns: {a: x, b: y}, ignore: [twice]}",
                            "n to o by a,b: x>a y>b",
                            "o.a lossless",
                            "o.b lossless",
                            "o.twice lossless"),
                    new Case(
                            "SQL under reverse that the new server refuses is named",
                            "CREATE TABLE o (id int PRIMARY KEY, cents int)",
                            "CREATE TABLE n (id int PRIMARY KEY, amount numeric)",
                            """
                            n:
                              source_table: o
                              expressions: {amount: cents / 100.0}
                              reverse: {cents: amont * 100}
                            """,
                            "no way back: o cannot be fed from n: the way back: entry n:"
                                    + " expression for \"cents\": target: column \"amont\" does"
                                    + " not exist [SQLSTATE 42703]",
                            "o.cents lossless",
                            "o.id lossless"));

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void eachRefactoringHasItsWayBack(PostgresVersion version) {
        assertSoftly(
                softly ->
                        CASES.forEach(
                                one ->
                                        softly.assertThat(described(version, one))
                                                .as(one.name)
                                                .containsExactlyInAnyOrderElementsOf(
                                                        one.expected)));
    }

    /** What the pages in docs/refactorings say of the way back, in short. */
    private static final Map<String, List<String>> PAGES =
            Map.of(
                    "aggregate", List.of(),
                    "conditional-split", List.of(),
                    "extraction", List.of("no way back: old_addresses", "old_addresses.city"),
                    "join-merge", List.of(),
                    "lookup",
                            List.of(
                                    "no way back: old_orders",
                                    "old_orders.cents",
                                    "old_orders.country_code"),
                    "rename", List.of(),
                    "perfect-type-changes",
                            List.of(
                                    "no way back: old_things",
                                    "old_things.details",
                                    "old_things.made_at",
                                    "old_things.phone"),
                    "union-merge", List.of(),
                    "vertical-split", List.of());

    @Test
    void thePagesOfTheRefactoringsSayWhereTheWayBackEnds() {
        assertSoftly(
                softly ->
                        PAGES.forEach(
                                (name, ends) ->
                                        softly.assertThat(ends(name))
                                                .as(name)
                                                .containsExactlyInAnyOrderElementsOf(ends)));
    }

    private static List<String> ends(String scenario) {
        Case one =
                new Case(
                        scenario,
                        file(scenario, "source.sql"),
                        file(scenario, "target.sql"),
                        file(scenario, "mapping.yaml"));
        return described(PostgresVersion.NEWEST, one).stream()
                .filter(
                        line ->
                                line.startsWith("no way back")
                                        || (!line.contains(" to ") && !line.contains(" lossless"))
                                        || line.contains(" ends here"))
                .map(line -> line.replaceAll(" (needs|ends|cannot) .*", ""))
                .distinct()
                .toList();
    }

    private static String file(String scenario, String name) {
        try {
            return Files.readString(Path.of("src/test/resources/scenarios", scenario, name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static List<String> described(PostgresVersion version, Case one) {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(one.source).onTarget(one.target);
            Catalog old = both.sourceCatalog();
            Catalog made = both.targetCatalog();
            try (Session left = both.source().open("test");
                    Session right = both.target().open("test")) {
                return described(
                        WayBackPlan.of(
                                both.resolve(one.mapping).derivations(), old, made, left, right));
            }
        } catch (Exception failure) {
            return List.of(String.valueOf(failure));
        }
    }

    private static List<String> described(WayBackPlan plan) {
        List<String> lines = new ArrayList<>();
        plan.mapping().derivations().forEach(entry -> lines.add(described(entry)));
        plan.impossible()
                .forEach(
                        none ->
                                lines.add(
                                        "no way back: "
                                                + none.table().display()
                                                + " "
                                                + none.reason()));
        plan.columns()
                .forEach(
                        column ->
                                lines.add(
                                        column.table().display()
                                                + "."
                                                + column.column()
                                                + " "
                                                + column.way().label()
                                                + (column.reason().isEmpty()
                                                        ? ""
                                                        : ": " + column.reason())));
        return lines;
    }

    private static String described(Derivation entry) {
        RowQuery.FromTable query = (RowQuery.FromTable) entry.query();
        String joins =
                query.joins().stream()
                        .map(join -> " joins " + join.table().display())
                        .collect(Collectors.joining());
        return entry.source().display()
                + " to "
                + entry.target().display()
                + " by "
                + String.join(",", entry.lineage().targetKey())
                + ": "
                + entry.columns().stream()
                        .map(column -> from(column) + ">" + column.target())
                        .sorted(Comparator.comparing(it -> it.replaceAll(".*>", "")))
                        .collect(Collectors.joining(" "))
                + joins
                + (query.where() == null ? "" : " where " + query.where().replace('\n', ' '))
                + (entry.claim() == null ? "" : " claims " + entry.claim());
    }

    private static String from(DerivedColumn column) {
        return column.sourceColumn() != null
                ? column.sourceColumn()
                : column.expression()
                        .replaceAll("^(CAST\\()*\\(([^\\n]*)\\n\\).*", "($2)")
                        .replaceAll("^\\((\".*\")\\)$", "$1");
    }
}
