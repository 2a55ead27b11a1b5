package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a draft goes, and that nothing of a person's work is lost by it. */
class MappingCommandTest {
    private static final String REVIEWED = "# My own words.\nusers: {}  # reviewed\n";

    @TempDir private Path folder;
    private final FakeConfiture confiture = new FakeConfiture();
    private Terminal terminal;

    @BeforeEach
    void enterFolder() {
        terminal = new Terminal((_, _, _) -> confiture, folder, Map.of());
    }

    @Test
    void setupLeadsHereAsLongAsThereIsNoMappingFile() throws IOException {
        assertThat(terminal.type("s2s", "setup", "--source", "a", "--target", "b")).isZero();
        assertThat(terminal.out())
                .endsWith("next: confiture s2s mapping --target b --output mapping.yaml\n");

        Files.writeString(folder.resolve("mapping.yaml"), REVIEWED);
        assertThat(terminal.type("s2s", "setup", "--source", "a", "--target", "b")).isZero();
        assertThat(terminal.out())
                .endsWith("next: confiture s2s analyze --target b --mapping mapping.yaml\n");
    }

    @Test
    void printsTheDraftAndNothingElse() {
        assertThat(terminal.type("s2s", "mapping", "--target", "b")).isZero();
        assertThat(terminal.out()).isEqualTo(Reports.draft().text());
        assertThat(terminal.err()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void hasTheDraftInJson() {
        assertThat(terminal.type("s2s", "mapping", "--target", "b", "--format", "json")).isZero();
        assertThat(terminal.json().get("text").stringValue()).isEqualTo(Reports.draft().text());
        assertThat(terminal.json().get("to_review").intValue()).isEqualTo(2);
    }

    @Test
    void writesTheDraftAndItsSchemaBesideIt() {
        assertThat(terminal.type("s2s", "mapping", "--target", "b", "--output", "m.yaml")).isZero();
        assertThat(folder.resolve("m.yaml")).hasContent(Reports.draft().text());
        assertThat(folder.resolve("mapping.schema.json")).hasContent(Confiture.mappingSchema());
        assertThat(terminal.out()).startsWith("drafted m.yaml\n");
    }

    @Test
    void leavesASchemaThatIsThereAlone() throws IOException {
        Files.writeString(folder.resolve("mapping.schema.json"), "{}");
        assertThat(terminal.type("s2s", "mapping", "--target", "b", "--output", "m.yaml")).isZero();
        assertThat(folder.resolve("mapping.schema.json")).hasContent("{}");
    }

    @Test
    void refusesToOverwriteBeforeItDoesAnyWork() throws IOException {
        Files.writeString(folder.resolve("m.yaml"), REVIEWED);
        assertThat(terminal.type("s2s", "mapping", "--target", "b", "--output", "m.yaml"))
                .isEqualTo(2);
        assertThat(terminal.err())
                .startsWith("error: the file m.yaml exists already\nhint: Give another name");
        assertThat(confiture.calls).isEmpty();
        assertThat(folder.resolve("m.yaml")).hasContent(REVIEWED);
    }

    @Test
    void overwritesWhenForced() throws IOException {
        Files.writeString(folder.resolve("m.yaml"), REVIEWED);
        assertThat(
                        terminal.type(
                                "s2s", "mapping", "--target", "b", "--output", "m.yaml", "--force"))
                .isZero();
        assertThat(folder.resolve("m.yaml")).hasContent(Reports.draft().text());
    }

    @Test
    void saysWhenTheFolderIsMissing() {
        assertThat(terminal.type("s2s", "mapping", "--target", "b", "--output", "no/m.yaml"))
                .isEqualTo(3);
        assertThat(terminal.err()).startsWith("error: cannot write no/m.yaml: NoSuchFile");
    }
}
