package dev.confiture.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.cli.Reports;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.migration.StatusReport;
import dev.confiture.setup.CleanupReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read. */
class TextTest {
    @Test
    void build() throws IOException {
        assertThat(text(new BuildText(), Reports.build())).isEqualTo(expected("build.txt"));
    }

    @Test
    void setup() throws IOException {
        SetupText rendering = new SetupText("new", SetupText.MappingFile.THERE);
        assertThat(text(rendering, Reports.setup())).isEqualTo(expected("setup.txt"));
    }

    @Test
    void draft() throws IOException {
        assertThat(text(new DraftText("new"), DraftAnswer.of(Reports.draft(), null, false)))
                .isEqualTo(Reports.draft().text());
        assertThat(text(new DraftText("new"), DraftAnswer.of(Reports.draft(), "a b.yaml", true)))
                .isEqualTo(expected("mapping.txt"));
    }

    @Test
    void analyze() throws IOException {
        Finding note = new Finding(Severity.NOTE, "log", "is empty", "Nothing to do.");
        Finding warning = new Finding(Severity.WARNING, "users.id", "grows", "Look\nat it.");
        assertThat(text(new AnalyzeText(), Reports.analyze(List.of(note, warning))))
                .isEqualTo(expected("analyze.txt"));
    }

    @Test
    void migrate() throws IOException {
        assertThat(text(new MigrateText("new"), Reports.migrate()))
                .isEqualTo(expected("migrate.txt"));
    }

    @Test
    void status() throws IOException {
        assertThat(text(new StatusText("new"), Reports.status())).isEqualTo(expected("status.txt"));
        assertThat(text(new StatusText("new"), Reports.statusAfterCutover()))
                .isEqualTo(expected("status-after-cutover.txt"));
        assertThat(text(new StatusLineText(), Reports.statusAfterCutover()))
                .isEqualTo(
                        "cut over, running, writes refused by the source: 2, the last at"
                                + " 2026-11-22T22:01:00Z\n");
    }

    @Test
    void whatWasInterruptedIsEndedWithoutBeginningAnother() {
        assertThat(text(new StatusText("new"), Reports.statusOfAnInterruptedRollback()))
                .contains(
                        "rollback interrupted, begun at 2026-11-22T21:59:58Z: `confiture s2s"
                                + " rollback --target new --dry-run` ends it\n");
    }

    @Test
    void aSlotThatIsGone() {
        StatusReport.Live live =
                new StatusReport.Live("source", "confiture_1", 3.0, null, null, "gone", 0.0);
        assertThat(StatusText.changes(live))
                .isEqualTo(
                        "changes: 3.0 s behind; slot confiture_1 is gone from the source, and with"
                                + " it what was changed since");
    }

    @Test
    void verify() throws IOException {
        assertThat(text(new VerifyText("new"), Reports.differing()))
                .isEqualTo(expected("verify.txt"));
        assertThat(text(new VerifyText("new"), Reports.agreeing()))
                .startsWith("source and target agree: 1 table, 1,000 rows, 1 foreign key\n");
        assertThat(text(new VerifyText("new"), Reports.tolerating()))
                .startsWith("source and target agree: 1 table, 5 rows, 1 foreign key\n")
                .endsWith(
                        """

                        Notes
                          2 rows of orders refer to no row of users (orders_user_id_fkey); \
                        the new schema says NOT VALID, so that they are no difference
                          the source was taken to be at rest: this is a static migration
                        """);
        assertThat(new VerifyText("new").failure(Reports.tolerating())).isNull();
    }

    @Test
    void cleanup() throws IOException {
        assertThat(text(new CleanupText(), Reports.cleanup())).isEqualTo(expected("cleanup.txt"));
        assertThat(text(new CleanupText(), new CleanupReport("new", List.of(), List.of())))
                .isEqualTo("nothing to remove: no trace of Confiture in new\n");
    }

    @Test
    void theNextCommandQuotesWhatAShellWouldSplit() {
        assertThat(text(new MigrateText("my shop"), Reports.migrate()))
                .endsWith("next: confiture s2s verify --target 'my shop'\n");
    }

    @Test
    void aNameCannotSteerTheTerminal() {
        Finding finding = new Finding(Severity.NOTE, "a\u001b[2Jb", "\r", "");
        assertThat(text(new AnalyzeText(), Reports.analyze(List.of(finding))))
                .contains("NOTE a\\u001b[2Jb: \\u000d\n")
                .doesNotContain("\u001b");
    }

    @Test
    void colourIsOnlyForThosePagesThatWantIt() {
        Page page = new Page(Palette.COLOURED);
        new VerifyText("new").render(Reports.differing(), page);
        assertThat(page.text()).startsWith("\u001b[31msource and target differ\u001b[0m\n");
    }

    private static String expected(String name) throws IOException {
        try (InputStream file = TextTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static <R> String text(Rendering<R> rendering, R report) {
        Page page = new Page(Palette.PLAIN);
        rendering.render(report, page);
        return page.text();
    }
}
