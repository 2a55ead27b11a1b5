package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.confiture.error.ErrorCode;
import dev.confiture.progress.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds the documentation to the commands as they are. */
class DocumentationTest {
    private static final Path COMMANDS = Documentation.page("docs/commands");
    private static final Pattern OPTION_ROW = Pattern.compile("(?m)^\\| `(--[a-z-]+)");
    private static final Pattern TYPED = Pattern.compile("(?m)^(?:\\$ )?(?:\\./)?confiture (.*)$");
    private static final Pattern TYPED_BLOCK = Pattern.compile("(?s)```(sh|console)\n.*?\n```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionHasItsRowOnTheCommandsPage(String name) {
        assertThat(rows(COMMANDS.resolve(name + ".md"))).isEqualTo(ownOptions(command(name)));
    }

    @Test
    void everyPageIsAboutACommand() throws IOException {
        try (Stream<Path> pages = Files.list(COMMANDS)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(commands(), Stream.of("README")).toList());
        }
    }

    @Test
    void commonOptionsHaveTheirRowInTheOverview() {
        assertThat(rows(COMMANDS.resolve("README.md"))).isEqualTo(longNames(root()));
    }

    @Test
    void exitCodesAreThoseOfTheHelp() {
        Map<String, String> codes = new TreeMap<>();
        root().getCommandSpec()
                .usageMessage()
                .exitCodeList()
                .forEach((number, meaning) -> codes.put(number.strip(), meaning));
        assertThat(table("\\| (\\d+) \\| ([^|]+) \\|.*")).isEqualTo(codes);
    }

    @Test
    void errorCodesAreThoseOfTheProgram() {
        Map<String, String> codes = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            codes.put(code.name(), String.valueOf(code.exitCode().number()));
        }
        assertThat(table("\\| `([A-Z_]+)` \\| (\\d+) \\|.*")).isEqualTo(codes);
    }

    @Test
    void everyPackageHasItsPlaceInThePicture() throws IOException {
        String picture = Documentation.text(Documentation.page("docs/ARCHITECTURE.md"));
        try (Stream<Path> packages =
                Files.list(Documentation.page("confiture-core/src/main/java/dev/confiture"))) {
            assertThat(packages.filter(Files::isDirectory).map(it -> it.getFileName() + "/"))
                    .allSatisfy(it -> assertThat(picture).contains(it));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandLineIsUnderstood(String page) {
        String text = Documentation.text(Documentation.page(page)).replaceAll("\\\\\n *", "");
        for (MatchResult block : TYPED_BLOCK.matcher(text).results().toList()) {
            for (MatchResult typed : TYPED.matcher(block.group()).results().toList()) {
                String[] words =
                        DocumentedProject.words(typed.group(1).replaceFirst(" +(#.*|&)$", ""));
                assertThatCode(() -> root().parseArgs(words))
                        .as(typed.group())
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(String page) {
        Path file = Documentation.page(page);
        String prose = Documentation.text(file).replaceAll("(?s)```.*?\n```", "");
        for (MatchResult link : LINK.matcher(prose).results().toList()) {
            String address = link.group(1);
            if (!address.matches("[a-z]+:.*")) {
                assertThat(leadsSomewhere(file, address)).as(address).isTrue();
            }
        }
    }

    private static boolean leadsSomewhere(Path page, String address) {
        String[] parts = address.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        if (!Files.exists(file)) {
            return false;
        }
        return parts.length < 2 || headings(file).contains(parts[1]);
    }

    /** As GitHub names them. */
    private static List<String> headings(Path page) {
        return Documentation.text(page)
                .replaceAll("(?s)```.*?\n```", "")
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    static Stream<String> pages() {
        return Documentation.pages().stream()
                .map(page -> Documentation.ROOT.relativize(page).toString());
    }

    /** Those that do something, by their last word. */
    static Stream<String> commands() {
        CommandLine root = root();
        return Stream.concat(
                root.getSubcommands().entrySet().stream()
                        .filter(it -> it.getValue().getSubcommands().isEmpty())
                        .map(Map.Entry::getKey),
                root.getSubcommands().get("s2s").getSubcommands().keySet().stream());
    }

    private static CommandLine command(String name) {
        CommandLine root = root();
        CommandLine own = root.getSubcommands().get(name);
        return own != null && own.getSubcommands().isEmpty()
                ? own
                : root.getSubcommands().get("s2s").getSubcommands().get(name);
    }

    private static Set<String> ownOptions(CommandLine command) {
        Set<String> names = longNames(command);
        names.removeAll(longNames(root()));
        return names;
    }

    private static Set<String> longNames(CommandLine command) {
        TreeSet<String> names = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            Arrays.stream(option.names()).filter(it -> it.startsWith("--")).forEach(names::add);
        }
        return names;
    }

    private static Set<String> rows(Path page) {
        TreeSet<String> rows = new TreeSet<>();
        OPTION_ROW
                .matcher(Documentation.text(page))
                .results()
                .forEach(row -> rows.add(row.group(1)));
        return rows;
    }

    private static Map<String, String> table(String row) {
        Map<String, String> table = new TreeMap<>();
        Pattern.compile("(?m)^" + row + "$")
                .matcher(Documentation.text(Documentation.page("docs/exit-codes.md")))
                .results()
                .forEach(it -> table.put(it.group(1), it.group(2)));
        return table;
    }

    private static CommandLine root() {
        return new Program(
                        new Surroundings(
                                (_, _, _) -> new FakeConfiture(),
                                Console.plain(System.out, System.err),
                                Path.of(""),
                                Map.of(),
                                new StopSignal()))
                .commandLine();
    }
}
