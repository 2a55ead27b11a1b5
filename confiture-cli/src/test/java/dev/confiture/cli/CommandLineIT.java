package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a user types, from the first command to the last, on real servers. */
class CommandLineIT {
    @TempDir private Path folder;
    private ShopProject shop;
    private Terminal terminal;

    @BeforeEach
    void enterFolder() throws Exception {
        shop = ShopProject.in(folder);
        terminal = shop.terminal();
    }

    @Test
    void theWholeStoryInText() throws Exception {
        assertThat(ok("build --env old")).contains("created and built database ", "/shop_old_");
        assertThat(ok("build --env new")).contains("created and built database ", "/shop_new_");
        shop.fill(2000);
        assertThat(ok("s2s setup --source old --target new --static"))
                .contains("set up for a static migration", "2 foreign tables in old_schema");
        assertThat(ok("s2s analyze --target new --mapping mapping.yaml"))
                .contains("old_users to users", "nothing stands in the way of migrate");
        assertThat(ok("s2s migrate --target new --mapping mapping.yaml --dry-run"))
                .startsWith("dry run, nothing was written");
        assertThat(ok("s2s migrate --target new --mapping mapping.yaml"))
                .startsWith("migration complete")
                .contains("next: confiture s2s verify --target new");
        assertThat(ok("s2s migrate --target new")).startsWith("nothing to do");
        assertThat(ok("s2s verify --target new"))
                .startsWith("source and target agree: 2 tables, 2,000 rows, 1 foreign key");
        assertThat(ok("s2s status --target new")).contains("users", "copied", "not running");
        assertThat(ok("s2s cleanup --target new")).contains("old_schema", "confiture");
        assertThat(ok("s2s cleanup --target new")).startsWith("nothing to remove");
        assertThat(shop.target().count("orders")).isEqualTo(1500);
    }

    @Test
    void theWholeStoryInJson() throws Exception {
        assertThat(json(0, "build --env old").get("created").booleanValue()).isTrue();
        assertThat(json(0, "build --env new").get("created").booleanValue()).isTrue();
        shop.fill(2000);
        JsonNode setup = json(0, "s2s setup --source old --target new --static");
        assertThat(setup.get("foreign_tables").intValue()).isEqualTo(2);
        JsonNode analysis = json(0, "s2s analyze --target new --mapping mapping.yaml");
        assertThat(analysis.get("entries")).hasSize(2);
        JsonNode migration = json(0, "s2s migrate --target new --mapping mapping.yaml");
        assertThat(migration.at("/entries/0/rows").longValue()).isEqualTo(500);
        assertThat(json(0, "s2s status --target new").get("entries")).hasSize(2);
        assertThat(json(0, "s2s verify --target new").at("/tables/0/target_rows").longValue())
                .isPositive();
        assertThat(json(0, "s2s cleanup --target new").get("removed")).isNotEmpty();
    }

    @Test
    void aMissingRowIsADifference() throws Exception {
        migrated();
        shop.target().execute("DELETE FROM orders WHERE id = 1");
        assertThat(terminal.type("s2s", "verify", "--target", "new")).isEqualTo(1);
        assertThat(terminal.err())
                .startsWith(
                        "error: row count mismatch in orders:"
                                + " source 1,500, target 1,499 (1 missing)");
        JsonNode json = json(1, "s2s verify --target new --tables orders");
        assertThat(json.at("/error/code").stringValue()).isEqualTo("ROW_COUNT_MISMATCH");
        assertThat(json.at("/tables/0/target_rows").longValue()).isEqualTo(1499);
    }

    @Test
    void oneTableNeedsNoMappingFile() throws Exception {
        built();
        ok("s2s setup --source old --target new --static");
        assertThat(
                        ok(
                                "s2s migrate-table --target new --source-table old_users"
                                        + " --target-table users --mapping"
                                        + " full_name:display_name,created_at:registered_at"))
                .startsWith("migration complete");
        assertThat(shop.target().count("users")).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    build --env odl                              | 3 | did you mean "old"
                    s2s setup --source old --target nwe --static | 3 | did you mean "new"
                    s2s status --target db/environments/x.yaml   | 3 | x.yaml
                    s2s status --target new                      | 4 | setup
                    s2s verify --target new                      | 4 | setup
                    s2s migrate --target new                     | 4 | setup
                    s2s analyze --target new --mapping no.yaml   | 4 | setup
                    """)
    void aMistakeHasItsExitCodeAndARemedy(String line, int exitCode, String text) throws Exception {
        built();
        fails(line, exitCode, text);
    }

    @Test
    void mistakesInTheMappingNameTheLine() throws Exception {
        built();
        ok("s2s setup --source old --target new --static");
        fails("s2s analyze --target new", 3, "no --mapping given");
        fails("s2s analyze --target new --mapping no.yaml", 3, "no.yaml");
        shop.write("bad.yaml", "users:\n  source_table: old_users\n  columns:\n    ful_name: x\n");
        fails("s2s analyze --target new --mapping bad.yaml", 3, "bad.yaml:4");
        fails("s2s migrate --target new --mapping bad.yaml", 3, "bad.yaml:4");
    }

    @Test
    void aWrongPasswordIsToldForTheEndThatRefusesIt() throws Exception {
        built();
        terminal = shop.terminal(passwords("nonsense", ShopProject.NEW_SECRET));
        fails("s2s setup --source old --target new --static", 5, "password");
        terminal = shop.terminal(passwords(ShopProject.OLD_SECRET, "nonsense"));
        fails("s2s setup --source old --target new --static", 6, "password");
        terminal = shop.terminal(Map.of("NEW_PASSWORD", "x"));
        fails("s2s setup --source old --target new --static", 3, "OLD_PASSWORD");
    }

    @Test
    void aDatabaseIsNotMigratedIntoItself() {
        ok("build --env old");
        fails("s2s setup --source old --target old --static", 2, "the same database");
        assertThat(ok("s2s cleanup --target old")).startsWith("nothing to remove");
    }

    @Test
    void aVariableInAHintIsNotTakenForAPassword() {
        fails("s2s status --target postgresql://u:canary@h/d", 2, "USER:${PASSWORD_VARIABLE}@HOST");
        assertThat(terminal.err()).doesNotContain("canary");
    }

    @Test
    void rowsOfOthersAreNotTouched() throws Exception {
        built();
        shop.target().execute("INSERT INTO users (email, display_name) VALUES ('a', 'b')");
        ok("s2s setup --source old --target new --static");
        fails("s2s migrate --target new --mapping mapping.yaml", 6, "--truncate-target");
        assertThat(ok("s2s migrate --target new --mapping mapping.yaml --truncate-target"))
                .startsWith("migration complete");
        assertThat(shop.target().count("users")).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void theDemoRunsFromAnyFolderAndLeavesNothing(String format) throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        List<Path> before = demoFolders();
        terminal = new Terminal(dev.confiture.Confiture::open, elsewhere, Map.of());
        assertThat(terminal.type("demo", "--rows", "4000", "--format", format))
                .as(terminal.out() + terminal.err())
                .isZero();
        if (format.equals("json")) {
            assertThat(terminal.json().get("steps")).hasSizeGreaterThan(8);
            assertThat(terminal.json().at("/writers/commits").longValue()).isPositive();
            assertThat(terminal.json().at("/writers/errors").longValue()).isZero();
        } else {
            assertThat(terminal.out())
                    .startsWith("This starts PostgreSQL 14 and 18 on this machine")
                    .contains("$ confiture s2s setup --source old --target new\n")
                    .contains(" commits, 0 errors, longest statement ")
                    .endsWith("both servers were stopped, and nothing is left behind\n");
        }
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(demoFolders()).isEqualTo(before);
    }

    private static List<Path> demoFolders() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(it -> it.getFileName().toString().startsWith("confiture-demo-"))
                    .toList();
        }
    }

    private static Map<String, String> passwords(String old, String neu) {
        return Map.of("OLD_PASSWORD", old, "NEW_PASSWORD", neu);
    }

    private void built() throws Exception {
        ok("build --env old");
        ok("build --env new");
        shop.fill(2000);
    }

    private void migrated() throws Exception {
        built();
        ok("s2s setup --source old --target new --static");
        ok("s2s migrate --target new --mapping mapping.yaml");
    }

    private String ok(String line) {
        assertThat(terminal.type(line.split(" +"))).as(line + ": " + terminal.err()).isZero();
        return terminal.out();
    }

    private void fails(String line, int exitCode, String text) {
        assertThat(terminal.type(line.split(" +"))).as(line).isEqualTo(exitCode);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).startsWith("error: ").contains(text);
    }

    private JsonNode json(int exitCode, String line) {
        assertThat(terminal.type((line + " --format json").split(" +")))
                .as(line + ": " + terminal.out())
                .isEqualTo(exitCode);
        assertThat(terminal.json().get("ok").booleanValue()).isEqualTo(exitCode == 0);
        return terminal.json();
    }
}
