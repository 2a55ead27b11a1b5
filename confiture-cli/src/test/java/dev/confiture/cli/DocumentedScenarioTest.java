package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of the documentation are scenarios, which other tests run. With {@code
 * -Dconfiture.docs.update=true} the pages are rewritten with the scenarios' files.
 */
class DocumentedScenarioTest {
    private static final boolean UPDATE = Boolean.getBoolean("confiture.docs.update");
    private static final Path SCENARIOS =
            Documentation.page("confiture-core/src/test/resources/scenarios");
    private static final Pattern BLOCK =
            Pattern.compile(
                    "(?s)<!-- scenario: ([\\w-]+)/([\\w.-]+) -->\n(```\\w+\n)(.*?)(?<=\n)```\n");

    @ParameterizedTest
    @MethodSource("pages")
    void examplesAreTheFilesOfTheirScenarios(String name) throws IOException {
        Path page = Documentation.page(name);
        String text = Documentation.text(page);
        String asRun =
                BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(shown(block)));
        if (!UPDATE) {
            assertThat(text).isEqualTo(asRun);
        } else if (!asRun.equals(text)) {
            Files.writeString(page, asRun);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyMarkIsFollowedByABlock(String name) {
        String text = Documentation.text(Documentation.page(name));

        assertThat(BLOCK.matcher(text).results().count())
                .isEqualTo(text.lines().filter(line -> line.startsWith("<!-- scenario:")).count());
    }

    @Test
    void everyExampleOfARefactoringIsShownAsAWhole() throws IOException {
        List<String> shown = new ArrayList<>();
        pages().filter(page -> page.startsWith("docs/refactorings/"))
                .flatMap(page -> BLOCK.matcher(text(page)).results())
                .forEach(block -> shown.add(block.group(1) + "/" + block.group(2)));
        Set<String> scenarios =
                shown.stream().map(it -> it.replaceFirst("/.*", "")).collect(Collectors.toSet());
        Set<String> whole = new TreeSet<>();
        for (String scenario : scenarios) {
            try (Stream<Path> files = Files.list(SCENARIOS.resolve(scenario))) {
                files.map(file -> scenario + "/" + file.getFileName())
                        .filter(file -> !file.endsWith("/strategies.txt"))
                        .forEach(whole::add);
            }
        }

        assertThat(scenarios).hasSize(9);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(whole);
    }

    /** Pages with such a block; the page on style only explains it. */
    static Stream<String> pages() {
        return Documentation.pages().stream()
                .filter(page -> BLOCK.matcher(Documentation.text(page)).find())
                .map(page -> Documentation.ROOT.relativize(page).toString());
    }

    private static String text(String page) {
        return Documentation.text(Documentation.page(page));
    }

    private static String shown(MatchResult block) {
        String file = block.group(1) + "/" + block.group(2);
        String text = Documentation.text(SCENARIOS.resolve(file)).stripTrailing();
        return "<!-- scenario: " + file + " -->\n" + block.group(3) + text + "\n```\n";
    }
}
