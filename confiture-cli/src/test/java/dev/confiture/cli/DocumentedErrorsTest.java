package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/mapping.md} has a line for every message that a mapping file can be met with. */
class DocumentedErrorsTest {
    private static final Path CASES =
            Documentation.page("confiture-core/src/test/resources/mapping-errors");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*?) \\| .* \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void everyMessageIsInTheTable() throws IOException {
        List<Pattern> documented = documented().map(DocumentedErrorsTest::pattern).toList();

        assertThat(messages())
                .allSatisfy(
                        message ->
                                assertThat(documented)
                                        .as(message)
                                        .anyMatch(pattern -> pattern.matcher(message).find()));
    }

    private static Stream<String> documented() {
        String page = Documentation.text(Documentation.page("docs/mapping.md"));
        return ROW.matcher(page.substring(page.indexOf("\n## Errors")))
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results())
                .map(code -> code.group(1));
    }

    private static Pattern pattern(String message) {
        return Pattern.compile(
                Arrays.stream(message.split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")));
    }

    private static List<String> messages() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .flatMap(file -> Documentation.text(file).lines())
                    .filter(line -> line.startsWith("mapping.yaml:"))
                    .toList();
        }
    }
}
