package dev.confiture.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Mapping;
import dev.confiture.mapping.MappingParser;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.mapping.Schemas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the draft of any two schemas. The seed in a test's name repeats it. */
class RandomDraftTest {
    private static final List<String> WORDS =
            List.of(
                    "user",
                    "users",
                    "order",
                    "name",
                    "full_name",
                    "email",
                    "id",
                    "created_at",
                    "old_users",
                    "Total",
                    "no",
                    "null",
                    "*",
                    "ignore_tables",
                    "a.b",
                    "say \"x\"",
                    "back\\slash",
                    "# hash",
                    "tab\tnew\nline",
                    " blank ",
                    "größe",
                    "名前",
                    "'",
                    "- a",
                    "\u0001",
                    "\u202e",
                    "a: b",
                    "{}",
                    "🍓",
                    "1",
                    "\u0085",
                    "%",
                    "?",
                    "&x",
                    "!",
                    "|");
    private static final List<String> SCHEMAS = List.of("public", "public", "app", "o.dd", "A\"b");
    private static final List<String> TYPES =
            List.of("integer", "text", "uuid", "date", "public.mood", "numeric(10,2)");

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isAFileThatTheParserReadsBeforeAndAfterTheDecisions(int seed) {
        Random random = new Random(seed);
        Catalog source = catalog(random, "!");
        Catalog target = catalog(random, "!=^");
        DraftReport draft = MappingDraft.of(source, target);

        Mapping mapping = MappingParser.parse(draft.text(), "draft.yaml");
        Mapping decided = MappingParser.parse(Drafts.decide(draft.text()), "draft.yaml");

        assertThat(mapping.ignoreTables()).isEmpty();
        assertThat(mapping.entries()).allSatisfy(entry -> assertThat(entry.ignore()).isEmpty());
        assertThat(MappingDraft.of(source, target)).isEqualTo(draft);
        assertThat(decided.entries()).hasSameSizeAs(mapping.entries());
        if (draft.leftOver() > 0) {
            assertThatThrownBy(() -> Drafts.resolve(draft.text(), source, target))
                    .isInstanceOf(ConfitureException.class);
        } else {
            assertThat(Drafts.resolve(draft.text(), source, target).derivations())
                    .hasSizeLessThanOrEqualTo(source.tables().size());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsOnceAllThatIsLeftOverIsLeftBehind(int seed) {
        Random random = new Random(seed);
        Catalog source = catalog(random, "!");
        Catalog target = catalog(random, "=^");

        String decided = Drafts.decide(MappingDraft.of(source, target).text());
        ResolvedMapping resolved = Drafts.resolve(decided, source, target);

        Set<TableName> accounted = new LinkedHashSet<>(resolved.ignoredTables());
        resolved.derivations().stream().map(Derivation::source).forEach(accounted::add);
        assertThat(accounted).containsAll(source.tables().keySet());
        assertThat(resolved.derivations()).extracting(Derivation::target).doesNotHaveDuplicates();
    }

    /** Tables with and without old_, columns in another spelling: nothing is left to decide. */
    @ParameterizedTest
    @MethodSource("seeds")
    void findsEveryRenameThatIsOneOfSpelling(int seed) {
        Random random = new Random(seed);
        Catalog source = plainCatalog(random);
        List<UnaryOperator<String>> tableRenames =
                List.of(name -> name, name -> "new_" + name, name -> "tbl_" + name);
        Map<String, String> renames = new LinkedHashMap<>();
        List<Table> targets = new ArrayList<>();
        for (Table table : source.tables().values()) {
            String name = tableRenames.get(random.nextInt(3)).apply(table.name().name());
            renames.put(table.name().name(), name);
            List<Column> columns = new ArrayList<>();
            for (Column column : table.columns()) {
                boolean renamed = random.nextBoolean();
                columns.add(column(renamed ? camel(column.name()) : column.name(), "text!"));
            }
            targets.add(table(new TableName("public", name), columns));
        }
        Catalog target = catalog(targets);

        DraftReport draft = MappingDraft.of(source, target);

        assertThat(draft.leftOver()).as(draft.text()).isZero();
        for (Derivation derivation : Drafts.resolve(draft.text(), source, target).derivations()) {
            assertThat(derivation.target().name())
                    .isEqualTo(renames.get(derivation.source().name()));
            assertThat(derivation.columns())
                    .extracting(DerivedColumn::sourceColumn)
                    .containsExactlyElementsOf(source.require(derivation.source()).columnNames());
            assertThat(derivation.columns())
                    .allSatisfy(
                            column ->
                                    assertThat(column.target())
                                            .isIn(
                                                    column.sourceColumn(),
                                                    camel(column.sourceColumn())));
        }
    }

    static String draft(int seed) {
        Random random = new Random(seed);
        Catalog source = catalog(random, "!");
        return MappingDraft.of(source, catalog(random, "!=^")).text();
    }

    private static Catalog catalog(Random random, String marks) {
        Map<TableName, Table> tables = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            TableName name = new TableName(any(random, SCHEMAS), name(random));
            List<Column> columns = new ArrayList<>();
            Set<String> names = new LinkedHashSet<>();
            for (int j = random.nextInt(7); j > 0; j--) {
                names.add(name(random));
            }
            for (String column : names) {
                int mark = random.nextInt(marks.length() + 2);
                columns.add(
                        column(
                                column,
                                any(random, TYPES)
                                        + (mark < marks.length() ? marks.charAt(mark) : "")));
            }
            tables.put(name, table(name, columns));
        }
        return catalog(tables.values());
    }

    private static Catalog plainCatalog(Random random) {
        List<String> tables = List.of("user", "invoice", "parcel", "vehicle", "document");
        List<String> columns =
                List.of("first_name", "zip_code", "unit_price", "shipping_note", "vat_number");
        List<Table> made = new ArrayList<>();
        for (String table : tables.subList(0, 1 + random.nextInt(tables.size()))) {
            made.add(
                    table(
                            new TableName("public", table),
                            columns.stream()
                                    .filter(_ -> random.nextInt(4) > 0)
                                    .map(name -> column(name, "text!"))
                                    .toList()));
        }
        return catalog(made);
    }

    private static Catalog catalog(Collection<Table> tables) {
        return Catalog.of(180_001, "UTF8", tables, List.of(), List.of());
    }

    private static Table table(TableName name, List<Column> columns) {
        return new Table(name, Table.Kind.ORDINARY, columns, List.of(), false, -1, 0, false);
    }

    private static Column column(String name, String type) {
        Column column = Schemas.column("c " + type);
        return new Column(
                name,
                1,
                column.type(),
                column.notNull(),
                column.defaultExpression(),
                column.generated(),
                column.identity(),
                null);
    }

    private static String name(Random random) {
        return any(random, WORDS) + (random.nextInt(3) == 0 ? any(random, WORDS) : "");
    }

    private static String any(Random random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static String camel(String name) {
        return Pattern.compile("_(.)")
                .matcher(name)
                .replaceAll(it -> it.group(1).toUpperCase(Locale.ROOT));
    }
}
