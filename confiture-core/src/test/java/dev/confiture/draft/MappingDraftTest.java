package dev.confiture.draft;

import static dev.confiture.mapping.Schemas.catalog;
import static dev.confiture.mapping.Schemas.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.ResolvedMapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingDraftTest {
    private static final Table COUNTRIES = table("countries", "id integer!", "name text!");

    @Test
    void draftsAWholeFile() throws IOException {
        Catalog source =
                catalog(
                        COUNTRIES,
                        table(
                                "old_users",
                                "id integer!",
                                "email text!",
                                "full_name text!",
                                "fax character(8)",
                                "created_at timestamp without time zone!"),
                        table("audit_log", "id bigint!", "at date!", "what text!"));
        Catalog target =
                catalog(
                        COUNTRIES,
                        table(
                                "users",
                                "id bigint!@",
                                "email text!",
                                "display_name text!",
                                "registered_at timestamp with time zone!",
                                "plan text!=",
                                "region public.region!"),
                        table("tags", "id bigint!@", "label text!"));

        DraftReport draft = MappingDraft.of(source, target);

        assertThat(draft.text()).isEqualTo(expected("shop.yaml"));
        assertThat(draft.decidedTables()).isEqualTo(1);
        assertThat(draft.toReview()).isEqualTo(3);
        assertThat(draft.leftOver()).isEqualTo(3);
    }

    @Test
    void holdsAsItIsWhereBothSchemasAreTheSame() {
        DraftReport draft = MappingDraft.of(catalog(COUNTRIES), catalog(COUNTRIES));
        assertThat(resolve(draft, catalog(COUNTRIES), catalog(COUNTRIES)).derivations()).hasSize(1);
        assertThat(draft.toReview() + draft.leftOver()).isZero();
        assertThat(draft.decidedTables()).isOne();
    }

    @Test
    void holdsForNoTablesAtAll() {
        DraftReport draft = MappingDraft.of(catalog(), catalog());
        assertThat(resolve(draft, catalog(), catalog()).derivations()).isEmpty();
    }

    @Test
    void isRefusedUntilWhatIsLeftOverIsDecided() {
        Catalog source = catalog(table("users", "id integer!", "fax text"), table("odd", "x text"));
        Catalog target = catalog(table("users", "id integer!"));
        DraftReport draft = MappingDraft.of(source, target);
        assertThatThrownBy(() -> resolve(draft, source, target))
                .hasMessageContaining("\"fax\" of public.users is carried by no entry")
                .hasMessageContaining("public.odd is named by no entry");

        String decided = Drafts.decide(draft.text());
        ResolvedMapping resolved = resolve(decided, source, target);
        assertThat(resolved.derivations()).hasSize(1);
        assertThat(resolved.ignoredTables()).hasSize(1);
    }

    @Test
    void findsARenamedTableByItsColumns() {
        String draft =
                draft(
                        table("customers", "id integer!", "email text", "phone text", "vat text"),
                        table("clients", "id integer!", "email text", "phone text", "vat text"));
        assertThat(draft)
                .contains("customers becomes clients\n#   4 of 4 columns have the same name")
                .contains("clients:\n  source_table: customers\n");
    }

    @Test
    void findsATableInAnotherSchema() {
        assertThat(draft(table("users", "id integer!"), table("app.users", "id integer!")))
                .contains("# review: users becomes app.users\n#   the same name\n")
                .contains("app.users:\n  source_table: users\n");
    }

    @Test
    void doesNotGuessFromAnIdAndAName() {
        assertThat(
                        draft(
                                table("tags", "id int!", "name text"),
                                table("moods", "id int!", "name text")))
                .contains("ignore_tables:\n  # - tags")
                .doesNotContain("review: tags");
    }

    @Test
    void findsAColumnByItsForeignKey() {
        Catalog source =
                linked(
                        "customer",
                        table("old_orders", "id int!", "customer integer!", "clerk integer"),
                        table("customers", "id int!", "email text", "phone text", "vat text"));
        Catalog target =
                linked(
                        "client_id",
                        table("orders", "id int!", "seller_id integer", "client_id integer!"),
                        table("clients", "id int!", "email text", "phone text", "vat text"));
        assertThat(MappingDraft.of(source, target).text())
                .contains("    customer: client_id\n")
                .contains("foreign keys to the same table");
    }

    @Test
    void leavesTheTablesNameInAColumnOutOfAccount() {
        assertThat(
                        draft(
                                table("users", "id integer!", "user_login text", "note text"),
                                table("users", "id integer!", "note text", "login text")))
                .contains("    user_login: login\n")
                .contains("the table's name left out");
    }

    @Test
    void namesWhatElseItCouldBe() {
        assertThat(
                        draft(
                                table("users", "id integer!", "name text"),
                                table("users", "id integer!", "nick_name text", "full_name text")))
                .containsPattern("    #   Or is it \\w+_name\\?\n    name: \\w+_name\n");
    }

    @Test
    void neverFeedsATargetColumnTwice() {
        String draft =
                draft(
                        table("users", "id integer!", "mail text", "e_mail text"),
                        table("users", "id integer!", "email text"));
        assertThat(draft).contains("    e_mail: email\n").contains("    # - mail  # text\n");
    }

    @Test
    void saysThatAKeyIsLeftOver() {
        assertThat(draft(table("users", "id integer!", "n text"), table("users", "n text")))
                .contains("    # - id  # integer; part of the key, which tells rows apart\n");
    }

    @Test
    void saysThatTheTargetComputesAColumn() {
        assertThat(
                        draft(
                                table("carts", "id integer!", "total integer"),
                                table("carts", "id integer!", "total integer^")))
                .contains("# - total  # integer; the target computes its own column of that name");
    }

    @Test
    void namesTablesThatAreCalledAsAWordOfTheFile() {
        for (String name : List.of("*", "ignore_tables", "no", "a.b\"c", "x\ny", " ", "# z")) {
            Table from = table("users", "id integer!");
            Table to = table("users", "id integer!", "extra text");
            from = renamed(from, name);
            to = renamed(to, name);
            ResolvedMapping resolved =
                    resolve(
                            MappingDraft.of(catalog(from), catalog(to)),
                            catalog(from),
                            catalog(to));
            assertThat(resolved.derivations().getFirst().target()).isEqualTo(to.name());
        }
    }

    private static String expected(String name) throws IOException {
        try (InputStream file = MappingDraftTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Table renamed(Table table, String name) {
        return new Table(
                new TableName("public", name),
                table.kind(),
                table.columns(),
                table.keys(),
                table.inheritanceChildren(),
                table.estimatedRows(),
                table.bytes(),
                table.rowSecurity());
    }

    /** The first table refers to the second. */
    private static Catalog linked(String column, Table... tables) {
        ForeignKey key =
                new ForeignKey(
                        "link",
                        tables[0].name(),
                        tables[0].name(),
                        List.of(column),
                        tables[1].name(),
                        List.of("id"),
                        false,
                        List.of(),
                        false,
                        true);
        return Catalog.of(180_001, "UTF8", Arrays.asList(tables), List.of(key), List.of());
    }

    private static String draft(Table from, Table to) {
        return MappingDraft.of(catalog(from), catalog(to)).text();
    }

    private static ResolvedMapping resolve(DraftReport draft, Catalog source, Catalog target) {
        return resolve(draft.text(), source, target);
    }

    private static ResolvedMapping resolve(String text, Catalog source, Catalog target) {
        return Drafts.resolve(text, source, target);
    }
}
