package dev.confiture.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.confiture.error.ConfitureException;
import dev.confiture.mapping.MappingParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the JSON Schema to the parser: an editor must praise and blame what the parser does. */
class MappingSchemaTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(MappingSchema.text());

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsWhatTheParserAccepts(String file) {
        assertThat(problem(file)).isNull();
        assertThat(errors(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatTheParserRefuses(String file) {
        assertThat(problem(file)).isNotNull();
        assertThat(errors(file)).isNotEmpty();
    }

    /** Files that the tests of the mapping itself use, whatever becomes of them there. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void agreesWithTheParserOnEveryScenario(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(errors(text).isEmpty())
                .as(errors(text).toString())
                .isEqualTo(problem(text) == null);
    }

    @Test
    void hasEveryOptionThatTheParserKnows() {
        ConfitureException failure = failure("users: {zzzzzz: 1}");
        String hint = failure.hint().replace("Known options: ", "").replace(".", "");
        assertThat(options()).containsAll(Arrays.asList(hint.split(", ")));
    }

    @Test
    void hasNoOptionThatTheParserDoesNotKnow() {
        assertThat(options())
                .allSatisfy(
                        option -> {
                            String problem = problem("users: {" + option + ": }");
                            assertThat(String.valueOf(problem)).doesNotContain("unknown option");
                        });
    }

    @Test
    void describesEveryOption() {
        JsonNode properties = JSON.readTree(MappingSchema.text()).at("/$defs/entry/properties");
        assertThat(properties.properties())
                .allSatisfy(
                        option ->
                                assertThat(option.getValue().path("description").asString())
                                        .as(option.getKey())
                                        .endsWith("."));
    }

    @Test
    void acceptsEveryDraft() {
        IntStream.range(0, 300)
                .mapToObj(RandomDraftTest::draft)
                .forEach(draft -> assertThat(errors(draft)).as(draft).isEmpty());
    }

    static Stream<Path> scenarios() throws IOException {
        Path folder = Path.of("src", "test", "resources", "scenarios");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("mapping.yaml")).toList().stream();
        }
    }

    static Stream<String> accepted() {
        Stream<String> shortForms =
                Stream.of(
                        "users: {}",
                        "users:",
                        "\"*\": {}",
                        "\"*\":",
                        "\"*\": {}\nignore_tables: [a, b.c, '\"x.y\".z']",
                        "ignore_tables:",
                        "ignore_tables: [2024, true]",
                        "billing.users: {}",
                        "'\"odd.name\"': {}",
                        "2024: {}",
                        "users: {source_table: old_users, target_table: app.users}",
                        "odd.name.x: {source_table: a, target_table: b}",
                        "odd.name.x: {target_table: b, select: SELECT 1, key: [id],"
                                + " depends: {a: [id]}}",
                        "users: {columns: {full_name: display_name, n: 7, y: yes}}",
                        "users: {columns: {name: [login, display_name]}}",
                        "users: {columns: }",
                        "users: {ignore: [a, 'b c', 3]}",
                        "users: {ignore: }",
                        "users: {strategy: auto}",
                        "users: {strategy: copy}",
                        "users: {strategy: fdw}");
        return Stream.concat(shortForms, longForms());
    }

    static Stream<String> refused() {
        Stream<String> shortForms =
                Stream.of(
                        "[]",
                        "users: [a]",
                        "users: text",
                        "users: {colums: {a: b}}",
                        "tables: {users: {}}",
                        "\"*\": {strategy: copy}",
                        "\"*\": []",
                        "ignore_tables: users",
                        "ignore_tables: {a: b}",
                        "ignore_tables: [[a]]",
                        "ignore_tables: ['']",
                        "ignore_tables: [a.b.c]",
                        "users: {source_table: }",
                        "users: {source_table: [a]}",
                        "users: {target_table: 'a\"b'}",
                        "odd.name.x: {}",
                        "odd.name.x: {source_table: a}",
                        "odd.name.x: {target_table: b, select: SELECT 1, depends: {}}",
                        "odd.name.x:",
                        "users: {columns: [a]}",
                        "users: {columns: {a: }}",
                        "users: {columns: {a: ''}}",
                        "users: {columns: {a: {b: c}}}",
                        "users: {columns: {a: []}}",
                        "users: {columns: {a: [b, '']}}",
                        "users: {columns: {a: [[b]]}}",
                        "users: {ignore: a}",
                        "users: {ignore: {a: b}}",
                        "users: {ignore: ['']}",
                        "users: {ignore: [[a]]}",
                        "users: {strategy: }",
                        "users: {strategy: fast}",
                        "users: {strategy: [copy]}");
        return Stream.concat(shortForms, refusedLongForms());
    }

    private static Stream<String> longForms() {
        return Stream.of(
                        "{expressions: {full_name: \"first || ' ' || last\", active: true, n: 0}}",
                        "{where: deleted_at IS NULL}",
                        "{joins: [{table: countries, type: left, on: c.code = users.code, as: c}],"
                                + " expressions: {country: c.name}}",
                        "{joins: [{table: countries, type: inner, on: countries.code = code}],"
                                + " expressions: {country: countries.name}}",
                        "{key: [id]}",
                        "{evaluate: source}",
                        "{evaluate: target}",
                        "{reverse: {first: \"split_part(full_name, ' ', 1)\"}}",
                        "{select: SELECT id FROM users, key: [id], depends: {users: [id]}}",
                        "{select: SELECT id FROM users, key: [id], depends: {users: [id], tags: }}",
                        "{expressions: {deleted_at: NULL, note: \"''\"}, key: , reverse: }",
                        "{expressions: , joins: }",
                        "{joins: [{table: a.b, type: LEFT, on: a = b}]}")
                .map(entry -> "users: " + entry);
    }

    private static Stream<String> refusedLongForms() {
        return Stream.of(
                        "{expressions: [a]}",
                        "{expressions: {a: [b]}}",
                        "{where: [a]}",
                        "{joins: {table: a}}",
                        "{joins: [{on: a = b}]}",
                        "{joins: [{table: a, on: a = b, type: full}]}",
                        "{joins: [{table: a, on: a = b, using: c}]}",
                        "{key: id}",
                        "{evaluate: here}",
                        "{reverse: [a]}",
                        "{select: [a], key: [id], depends: {users: [id]}}",
                        "{select: SELECT 1, key: [id], depends: [users]}",
                        "{select: SELECT 1, key: [id], depends: {users: {id: id}}}",
                        "{select: SELECT 1, key: [id], depends: {a.b.c: [id]}}",
                        "{select: SELECT 1, key: [id]}",
                        "{select: SELECT 1, key: [id], depends: }",
                        "{select: SELECT 1, key: [], depends: {users: [id]}}",
                        "{select: SELECT 1, depends: {users: [id]}}",
                        "{select: SELECT 1, where: a}",
                        "{select: SELECT 1, columns: {a: b}}",
                        "{select: SELECT 1, expressions: {a: b}}",
                        "{select: SELECT 1, joins: }",
                        "{select: ' '}",
                        "{where: }",
                        "{expressions: {a: ''}}",
                        "{key: ['']}",
                        "{evaluate: }",
                        "{joins: [a]}",
                        "{joins: [{table: a, on: ' '}]}",
                        "{joins: [{table: a.b.c, on: a = b}]}")
                .map(entry -> "users: " + entry);
    }

    private static List<String> options() {
        return List.copyOf(
                JSON.readTree(MappingSchema.text()).at("/$defs/entry/properties").propertyNames());
    }

    private static List<Error> errors(String file) {
        LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        Object asAnEditorSeesIt = new Load(settings).loadFromString(file);
        return SCHEMA.validate(JSON.valueToTree(asAnEditorSeesIt));
    }

    private static String problem(String file) {
        ConfitureException failure = failure(file);
        return failure == null ? null : failure.getMessage();
    }

    private static ConfitureException failure(String file) {
        return catchThrowableOfType(
                ConfitureException.class, () -> MappingParser.parse(file, "mapping.yaml"));
    }
}
