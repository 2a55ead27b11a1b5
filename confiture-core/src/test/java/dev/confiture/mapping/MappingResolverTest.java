package dev.confiture.mapping;

import static dev.confiture.mapping.Schemas.catalog;
import static dev.confiture.mapping.Schemas.name;
import static dev.confiture.mapping.Schemas.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MappingResolverTest {
    /** The short form holds no SQL, so that no server has to be asked. */
    private static final SqlProbe NO_SQL =
            new SqlProbe() {
                @Override
                public Answer prove(Rendering select, Evaluation evaluation, List<String> key) {
                    throw new AssertionError("there is no SQL to ask about");
                }

                @Override
                public Optional<ConfitureException> refusal(String selectOnSource) {
                    return Optional.empty();
                }
            };

    private static final Table OLD_USERS =
            table("old_users", "id bigint!", "full_name text", "email text!");
    private static final Table USERS =
            table("users", "email text!", "id bigint!", "display_name text");

    private static ResolvedMapping resolve(String mapping, Catalog source, Catalog target) {
        return MappingResolver.resolve(
                MappingParser.parse(mapping, "mapping.yaml"), source, target, NO_SQL);
    }

    private static ResolvedMapping resolve(String mapping, Table source, Table target) {
        return resolve(mapping, catalog(source), catalog(target));
    }

    private static ConfitureException failure(String mapping, Catalog source, Catalog target) {
        return catchThrowableOfType(
                ConfitureException.class, () -> resolve(mapping, source, target));
    }

    private static ConfitureException failure(String mapping, Table source, Table target) {
        return failure(mapping, catalog(source), catalog(target));
    }

    private static List<String> pairs(Derivation derivation) {
        return derivation.columns().stream()
                .map(column -> column.sourceColumn() + ">" + column.target())
                .toList();
    }

    @Test
    void carriesListedAndNamesakeColumnsInTheTargetsOrder() {
        Derivation users =
                resolve(
                                """
                                users:
                                  source_table: old_users
                                  columns: {full_name: display_name}
                                """,
                                OLD_USERS,
                                USERS)
                        .derivations()
                        .getFirst();

        assertThat(users.entry()).isEqualTo("users");
        assertThat(users.source()).isEqualTo(name("old_users"));
        assertThat(users.target()).isEqualTo(name("users"));
        assertThat(users.sourceKey()).containsExactly("id");
        assertThat(pairs(users)).containsExactly("email>email", "id>id", "full_name>display_name");
        assertThat(users.columns())
                .extracting(DerivedColumn::origin)
                .containsExactly(
                        DerivedColumn.Origin.IMPLIED,
                        DerivedColumn.Origin.IMPLIED,
                        DerivedColumn.Origin.EXPLICIT);
        assertThat(users.select("\"public\".\"old_users\"", null))
                .isEqualTo(
                        "SELECT \"old_users\".\"email\" AS \"email\","
                                + " \"old_users\".\"id\" AS \"id\","
                                + " \"old_users\".\"full_name\" AS \"display_name\""
                                + " FROM \"public\".\"old_users\" AS \"old_users\"");
    }

    @Test
    void aMissingSourceColumnIsNamedWithTheNearest() {
        ConfitureException failure =
                failure(
                        """
                        users:
                          source_table: old_users
                          columns:
                            fullname: display_name
                        """,
                        OLD_USERS,
                        USERS);

        assertThat(failure)
                .hasMessage(
                        "mapping.yaml:4: entry users: source column \"fullname\" does not exist in"
                                + " public.old_users; did you mean \"full_name\"?");
        assertThat(failure.code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
    }

    @Test
    void aMissingTargetColumnIsNamedWithTheNearest() {
        ConfitureException failure =
                failure(
                        "users: {source_table: old_users, columns: {full_name: displayname}}",
                        OLD_USERS,
                        table("users", "id bigint!", "email text!", "display_name text!"));

        assertThat(failure)
                .hasMessage(
                        "mapping.yaml:1: entry users: target column \"displayname\" does not exist"
                                + " in public.users; did you mean \"display_name\"?");
        assertThat(failure.code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
    }

    @Test
    void allProblemsAreListedAndTheFirstGivesTheCode() {
        ConfitureException failure =
                failure(
                        """
                        users:
                          source_table: old_users
                          columns:
                            phone: display_name
                          ignore: [legacy]
                        orders: {}
                        ignore_tables: [audit]
                        """,
                        catalog(
                                OLD_USERS,
                                table("order", "id bigint!"),
                                table("audits"),
                                table("zebras")),
                        catalog(USERS));

        assertThat(failure.getMessage().lines())
                .containsExactly(
                        "mapping.yaml:7: ignore_tables: source table public.audit does not exist;"
                                + " did you mean \"audits\"?",
                        "mapping.yaml:5: entry users: ignored source column \"legacy\" does not"
                                + " exist in public.old_users",
                        "mapping.yaml:4: entry users: source column \"phone\" does not exist in"
                                + " public.old_users",
                        "mapping.yaml:6: entry orders: source table public.orders does not exist;"
                                + " did you mean \"order\"?",
                        "mapping.yaml:6: entry orders: target table public.orders does not exist",
                        "mapping.yaml:1: entry users: source column \"full_name\" of"
                                + " public.old_users is carried by no entry",
                        "mapping.yaml: source table public.zebras is named by no entry");
        assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(failure.hint().lines())
                .containsExactly(
                        "Name the source's table with source_table.",
                        "Name an existing table with target_table, or create it on the target.",
                        "Map each to a target column, or leave it behind on purpose: users:"
                                + " {ignore: [full_name]}",
                        "Give each table an entry with its target_table, or leave it behind on"
                                + " purpose: ignore_tables: [zebras]");
    }

    @Test
    void anEntryNeedsTablesThatExist() {
        ConfitureException failure =
                failure("usrs: {}", catalog(table("billing.users")), catalog(table("users")));

        assertThat(failure.getMessage())
                .startsWith(
                        "mapping.yaml:1: entry usrs: source table public.usrs does not exist\n"
                                + "mapping.yaml:1: entry usrs: target table public.usrs does not"
                                + " exist; did you mean \"users\"?");
        assertThat(failure("users: {}", catalog(table("billing.users")), catalog(table("users"))))
                .hasMessageStartingWith(
                        "mapping.yaml:1: entry users: source table public.users does not exist; did"
                                + " you mean \"billing.users\"?");
        assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    }

    @Test
    void aSourceColumnThatNobodyCarriesIsAnError() {
        Table target = table("users", "id bigint!", "email text");

        ConfitureException failure = failure("users: {source_table: old_users}", OLD_USERS, target);

        assertThat(failure)
                .hasMessage(
                        "mapping.yaml:1: entry users: source column \"full_name\" of"
                                + " public.old_users is carried by no entry");
        assertThat(failure.code()).isEqualTo(ErrorCode.MAPPING);
        assertThat(
                        pairs(
                                resolve(
                                                "users: {source_table: old_users,"
                                                        + " ignore: [full_name]}",
                                                OLD_USERS,
                                                target)
                                        .derivations()
                                        .getFirst()))
                .containsExactly("id>id", "email>email");
    }

    @Test
    void onTheCommandLineAColumnIsLeftBehindWithAColon() {
        Catalog source = catalog(OLD_USERS, table("other", "id bigint"));
        Catalog target = catalog(table("users", "id bigint!", "email text"));

        assertThat(
                        catchThrowableOfType(
                                ConfitureException.class,
                                () ->
                                        MappingResolver.resolve(
                                                CommandLineMapping.parse("old_users", "users", ""),
                                                source,
                                                target,
                                                NO_SQL)))
                .hasMessage(
                        "--mapping: entry old_users:users: source column \"full_name\" of"
                                + " public.old_users is carried by no entry")
                .extracting(ConfitureException::hint)
                .isEqualTo(
                        "Map each to a target column, or leave it behind on purpose with --mapping"
                                + " \"full_name:\".");
        assertThat(
                        MappingResolver.resolve(
                                        CommandLineMapping.parse(
                                                "old_users", "users", "full_name:"),
                                        source,
                                        target,
                                        NO_SQL)
                                .derivations())
                .hasSize(1);
    }

    @Test
    void aSplitCountsTheColumnsOfAllEntries() {
        ResolvedMapping resolved =
                resolve(
                        """
                        accounts: {source_table: people, ignore: [bio]}
                        profiles: {source_table: people, columns: {id: account_id}}
                        """,
                        catalog(table("people", "id bigint!", "login text", "bio text")),
                        catalog(
                                table("accounts", "id bigint!", "login text", "bio text"),
                                table("profiles", "account_id bigint!", "bio text")));

        assertThat(resolved.derivations())
                .extracting(MappingResolverTest::pairs)
                .containsExactly(
                        List.of("id>id", "login>login"), List.of("id>account_id", "bio>bio"));
    }

    @Test
    void aMergeMayFeedOneTargetFromTwoTables() {
        ResolvedMapping resolved =
                resolve(
                        "customers: {target_table: users}\nstaff: {target_table: users}\n",
                        catalog(table("customers", "id bigint!"), table("staff", "id bigint!")),
                        catalog(table("users", "id bigint!")));

        assertThat(resolved.derivations())
                .extracting(Derivation::entry)
                .containsExactly("customers", "staff");
    }

    @Test
    void theSamePairOfTablesTwiceIsAnError() {
        assertThat(
                        failure(
                                """
                                a: {source_table: users, target_table: users}
                                users: {}
                                """,
                                table("users", "id bigint!"),
                                table("users", "id bigint!")))
                .hasMessage(
                        "mapping.yaml:2: entry users: carries public.users into public.users, as"
                                + " entry a does already");
    }

    @Test
    void aTargetColumnFedTwiceIsAnError() {
        assertThat(
                        failure(
                                "t: {columns: {a: c, b: c}}",
                                table("t", "a text", "b text"),
                                table("t", "c text")))
                .hasMessage(
                        "mapping.yaml:1: entry t: target column \"c\" is fed twice, by \"a\" and by"
                                + " \"b\"");
    }

    @Test
    void aListedPairWinsOverANamesakeWhichIsThenLost() {
        assertThat(
                        failure(
                                "t: {columns: {a: b}}",
                                table("t", "a text", "b text"),
                                table("t", "b text")))
                .hasMessage(
                        "mapping.yaml:1: entry t: source column \"b\" of public.t is carried by no"
                                + " entry; the target's column of that name is fed by \"a\"");
    }

    @Test
    void twoColumnsMaySwapTheirNames() {
        assertThat(
                        pairs(
                                resolve(
                                                "t: {columns: {a: b, b: a}}",
                                                table("t", "a text", "b text"),
                                                table("t", "a text", "b text"))
                                        .derivations()
                                        .getFirst()))
                .containsExactly("b>a", "a>b");
    }

    @Test
    void aListedPairTakesTheColumnAwayFromItsNamesake() {
        Table source = table("t", "name text");

        ResolvedMapping resolved =
                resolve(
                        "t: {columns: {name: title}}",
                        source,
                        table("t", "name text", "title text"));

        assertThat(pairs(resolved.derivations().getFirst())).containsExactly("name>title");
        assertThat(resolved.notes())
                .containsExactly(
                        new ResolvedMapping.Note(
                                "t",
                                "target column \"name\" stays at its default, because the source's"
                                        + " column of that name goes to \"title\"",
                                "To feed both, write name: [title, name]."));
        assertThat(
                        failure(
                                "t: {columns: {name: title}}",
                                source,
                                table("t", "name text!", "title text")))
                .hasMessage(
                        "mapping.yaml:1: entry t: target column \"name\" of public.t is NOT NULL,"
                                + " has no default, and is fed by nothing");
        assertThat(
                        pairs(
                                resolve(
                                                "t: {columns: {name: [title, name]}}",
                                                source,
                                                table("t", "name text!", "title text"))
                                        .derivations()
                                        .getFirst()))
                .containsExactly("name>name", "name>title");
    }

    @Test
    void aColumnBothMappedAndIgnoredIsAnError() {
        assertThat(
                        failure(
                                "t: {columns: {a: b}, ignore: [a]}",
                                table("t", "a text"),
                                table("t", "b text")))
                .hasMessage(
                        "mapping.yaml:1: entry t: source column \"a\" is both ignored and mapped to"
                                + " \"b\"");
    }

    @Test
    void whatTheTargetFillsByItselfNeedsNoSource() {
        ResolvedMapping resolved =
                resolve(
                        "t: {}",
                        table("t", "a text"),
                        table("t", "id bigint!@", "a text", "at timestamp!=", "n text!^"));

        assertThat(pairs(resolved.derivations().getFirst())).containsExactly("a>a");
    }

    @Test
    void anIdentityColumnIsCarried() {
        ResolvedMapping resolved =
                resolve("t: {}", table("t", "id bigint!@"), table("t", "id bigint!@"));

        assertThat(pairs(resolved.derivations().getFirst())).containsExactly("id>id");
    }

    @Test
    void generatedOnBothSidesIsComputedAnew() {
        ResolvedMapping resolved =
                resolve("t: {}", table("t", "a text", "g text^"), table("t", "a text", "g text^"));

        assertThat(pairs(resolved.derivations().getFirst())).containsExactly("a>a");
        assertThat(resolved.notes())
                .extracting(ResolvedMapping.Note::text)
                .containsExactly(
                        "column \"g\" is generated on both sides, so it is computed anew and not"
                                + " copied");
    }

    @Test
    void aGeneratedSourceColumnMayFeedAnOrdinaryOne() {
        assertThat(
                        pairs(
                                resolve("t: {}", table("t", "g text^"), table("t", "g text"))
                                        .derivations()
                                        .getFirst()))
                .containsExactly("g>g");
    }

    @Test
    void anOrdinaryColumnIsNotCarriedIntoAGeneratedOne() {
        assertThat(failure("t: {}", table("t", "g text"), table("t", "g text^")))
                .hasMessage(
                        "mapping.yaml:1: entry t: source column \"g\" of public.t is carried by no"
                                + " entry; the target's column of that name is generated there");
        assertThat(failure("t: {columns: {a: g}}", table("t", "a text"), table("t", "g text^")))
                .hasMessage(
                        "mapping.yaml:1: entry t: target column \"g\" of public.t is generated by"
                                + " the server and cannot be written");
    }

    @Test
    void theAsteriskTakesEveryOtherTableOfTheSameName() {
        ResolvedMapping resolved =
                resolve(
                        """
                        "*": {}
                        users: {source_table: old_users, columns: {full_name: display_name}}
                        ignore_tables: [audit]
                        """,
                        catalog(
                                OLD_USERS,
                                table("zebra", "id bigint!"),
                                table("billing.orders", "id bigint!"),
                                table("audit", "id bigint!")),
                        catalog(
                                USERS,
                                table("zebra", "id bigint!"),
                                table("billing.orders", "id bigint!"),
                                table("audit", "id bigint!"),
                                table("new_one", "id bigint!")));

        assertThat(resolved.derivations())
                .extracting(Derivation::entry)
                .containsExactly("users", "billing.orders", "zebra");
        assertThat(resolved.ignoredTables()).containsExactly(name("audit"));
    }

    @Test
    void aTableWithoutACounterpartIsAnErrorEvenWithTheAsterisk() {
        ConfitureException failure =
                failure(
                        "\"*\": {}",
                        catalog(table("order", "id bigint!"), table("logs")),
                        catalog(table("orders", "id bigint!")));

        assertThat(failure.getMessage().lines())
                .containsExactly(
                        "mapping.yaml: source table public.logs is named by no entry",
                        "mapping.yaml: source table public.order is named by no entry; the target"
                                + " has \"orders\"");
        assertThat(failure.hint())
                .isEqualTo(
                        "Give each table an entry with its target_table, or leave it behind on"
                                + " purpose: ignore_tables: [logs, order]");
    }

    @Test
    void aTableThatOnlyTheAsteriskWouldNameIsAnErrorWithoutIt() {
        ConfitureException failure =
                failure("a: {}", catalog(table("a"), table("b")), catalog(table("a"), table("b")));

        assertThat(failure).hasMessage("mapping.yaml: source table public.b is named by no entry");
        assertThat(failure.hint())
                .isEqualTo("\"*\": {} carries all tables that have the same name on both sides.");
    }

    @Test
    void theAsteriskNeverMergesIntoATableThatAnEntryFeeds() {
        assertThat(
                        failure(
                                "users: {source_table: old_users}\n\"*\": {}\n",
                                catalog(
                                        table("old_users", "id bigint!"),
                                        table("users", "id bigint!")),
                                catalog(table("users", "id bigint!"))))
                .hasMessage(
                        "mapping.yaml:2: source table public.users is left for \"*\", but entry"
                                + " users already carries public.old_users into the target's table"
                                + " of that name");
    }

    @Test
    void entriesHaveDifferentNamesEvenIfATableIsCalledLikeAnEntry() {
        ResolvedMapping resolved =
                resolve(
                        "users: {source_table: old, target_table: members}\n\"*\": {}\n",
                        catalog(table("old", "id bigint!"), table("users", "id bigint!")),
                        catalog(table("members", "id bigint!"), table("users", "id bigint!")));

        assertThat(resolved.derivations())
                .extracting(Derivation::entry)
                .containsExactly("users", "users (*)");
    }

    @Test
    void withoutAMappingTheNamesAreTheSame() {
        ResolvedMapping resolved =
                MappingResolver.resolve(
                        MappingParser.parse("\"*\": {}", "mapping.yaml"),
                        catalog(table("a")),
                        catalog(table("a")),
                        NO_SQL);

        assertThat(resolved.derivations()).extracting(Derivation::entry).containsExactly("a");
    }

    @Test
    void anIgnoredTableMustExistAndBeCarriedByNobody() {
        assertThat(failure("a: {}\nignore_tables: [a]\n", catalog(table("a")), catalog(table("a"))))
                .hasMessage(
                        "mapping.yaml:2: source table public.a is ignored, and yet entry a carries"
                                + " it");
    }

    @Test
    void aTableWithoutColumnsStillCarriesItsRows() {
        Derivation derivation = resolve("t: {}", table("t"), table("t")).derivations().getFirst();

        assertThat(derivation.columns()).isEmpty();
        assertThat(derivation.sourceKey()).isEmpty();
        assertThat(derivation.select("ONLY \"public\".\"t\"", null))
                .isEqualTo("SELECT  FROM ONLY \"public\".\"t\" AS \"t\"");
        assertThat(
                        resolve("t: {ignore: [a]}", table("t", "a text"), table("t", "b text"))
                                .derivations()
                                .getFirst()
                                .columns())
                .isEmpty();
    }

    @Test
    void oddNamesAreQuoted() {
        Derivation derivation =
                resolve(
                                "'\"We\"\"ird.T\"': {columns: {'a\"b': 'SELECT'}}",
                                table("\"We\"\"ird.T\"", "a\"b text"),
                                table("\"We\"\"ird.T\"", "SELECT text"))
                        .derivations()
                        .getFirst();

        assertThat(derivation.select("x", null))
                .isEqualTo(
                        "SELECT \"We\"\"ird.T\".\"a\"\"b\" AS \"SELECT\""
                                + " FROM x AS \"We\"\"ird.T\"");
        assertThat(derivation.targetColumns()).isEqualTo("(\"SELECT\")");
    }
}
