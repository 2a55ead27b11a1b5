package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.cli.DocumentedSession.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every session in the documentation happens as it is shown. With {@code
 * -Dconfiture.docs.update=true} the pages are rewritten with what really happens.
 */
class DocumentationIT {
    private static final boolean UPDATE = Boolean.getBoolean("confiture.docs.update");

    /** Its application writes by chance, so that no number is the same twice. */
    private static final Pattern DEMO = Pattern.compile("(?m)^\\$ confiture demo");

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("pages")
    void sessionsHappenAsShown(String page) throws IOException, SQLException {
        Path file = Documentation.page(page);
        DocumentedSession session = DocumentedSession.of(Documentation.text(file));
        List<String> updated = new ArrayList<>(session.lines());
        int shift = 0;
        try (DocumentedProject project = DocumentedProject.in(folder)) {
            for (Block block : session.blocks()) {
                List<String> shown = session.linesOf(block);
                switch (block.kind()) {
                    case FILE -> project.write(block.name(), String.join("\n", shown) + "\n");
                    case BEFORE -> {
                        List<String> played = project.play(shown);
                        assertThat(project.exitCode()).as(String.join("\n", played)).isZero();
                    }
                    case CONSOLE -> {
                        List<String> played = project.play(shown);
                        if (!UPDATE) {
                            assertThat(essence(played)).isEqualTo(essence(shown));
                        } else if (!essence(played).equals(essence(shown))) {
                            List<String> place =
                                    updated.subList(block.from() + shift, block.to() + shift);
                            shift += played.size() - place.size();
                            place.clear();
                            place.addAll(played);
                        }
                    }
                }
            }
        }
        if (UPDATE && !updated.equals(session.lines())) {
            Files.writeString(file, String.join("\n", updated) + "\n");
        }
    }

    static Stream<String> pages() {
        return Documentation.pages().stream()
                .filter(page -> DocumentedSession.of(Documentation.text(page)).hasConsole())
                .map(page -> Documentation.ROOT.relativize(page).toString());
    }

    /**
     * The text without what differs from run to run, and without the blanks that follow from it.
     */
    private static String essence(List<String> lines) {
        String text = String.join("\n", lines);
        return DEMO.matcher(text).find()
                ? neutral(text).replaceAll("[\\d,]*\\d", "#")
                : neutral(text);
    }

    private static String neutral(String text) {
        return text.replaceAll("localhost:\\d+", "localhost:#")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z?", "#")
                .replaceAll(" *[\\d,]+ rows/s", "")
                .replaceAll("\\d+(\\.\\d+)? (ms|s|m)\\b( \\d+ s\\b)?", "#")
                .replaceAll("; our oldest snapshot there is # old", "")
                .replaceAll("\\d+(\\.\\d+)? [kM]?B\\b", "#")
                .replaceAll("\\b(14|18)\\.\\d+\\b", "$1.#")
                .replaceAll("process \\d+", "process #")
                .replaceAll("confiture_[0-9a-f]{16}", "confiture_#")
                .replaceAll("(\"\\w*(seconds|bytes)\\w*\" : )[\\d.E-]+", "$1#")
                .replaceAll("(?m)[ \\t]+", " ")
                .replaceAll("(?m) $", "");
    }
}
