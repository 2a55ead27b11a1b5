package dev.confiture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every command. */
class HelpTest {
    private static final String COMMON = "--format --config-dir --no-progress --verbose --help";

    private final Terminal terminal = Terminal.with(new FakeConfiture());

    @ParameterizedTest
    @CsvSource({
        "demo, --rows --keep --source-version --target-version",
        "build, --env --from-ddl --dry-run --force",
        "s2s setup, --source --target --static --skip-import",
        "s2s mapping, --target --output --force",
        "s2s analyze, --target --mapping",
        "s2s migrate, --target --mapping --strategy --jobs --dry-run --truncate-target --max-rate",
        "s2s migrate-table, --target --source-table --target-table --mapping --jobs --dry-run",
        "s2s verify, --target --tables --counts-only --sample --repair --max-wal",
        "s2s status, --target --watch",
        "s2s cutover, --target --max-pause --dry-run --rehearse --no-rollback --max-wal",
        "s2s rollback, --target --max-pause --dry-run --rehearse --max-wal",
        "s2s cleanup, --target --force"
    })
    void namesEveryOption(String command, String options) {
        assertThat(terminal.type((command + " --help").split(" "))).isZero();
        assertThat(terminal.out()).contains(options.split(" ")).contains(COMMON.split(" "));
        assertThat(terminal.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasAnExampleAndTheExitCodesAndFitsTheScreen(String command) {
        assertThat(terminal.type((command + " --help").strip().split(" "))).isZero();
        assertThat(terminal.out()).contains("Exit codes:", "  130   stopped by a signal");
        if (!command.startsWith("migrate")) {
            assertThat(terminal.out()).containsPattern("Examples?:\n  confiture ");
        }
        assertThat(terminal.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void everyExampleIsACommandLineThatParses() {
        for (String command : commands()) {
            assertThat(terminal.type((command + " --help").strip().split(" "))).isZero();
            String text = terminal.out().replace("\\\n", "");
            for (String line : text.lines().filter(it -> it.startsWith("  confiture ")).toList()) {
                List<String> words = new ArrayList<>(List.of(line.strip().split(" +")));
                words.removeFirst();
                CommandLine parser = commandLine();
                assertThat(parser.parseArgs(words.toArray(String[]::new)).subcommand())
                        .as(line)
                        .isNotNull();
            }
        }
    }

    @Test
    void theVersionIsOneLineOfEveryCommand() {
        assertThat(terminal.type("s2s", "migrate", "-V")).isZero();
        assertThat(terminal.out()).startsWith("confiture ");
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(terminal.type("--version")).isZero();
        assertThat(terminal.out()).matches("confiture \\S+\n");
    }

    static List<String> commands() {
        List<String> found = new ArrayList<>(List.of(""));
        collect(commandLine(), "", found);
        return found;
    }

    private static void collect(CommandLine command, String path, List<String> found) {
        command.getSubcommands()
                .forEach(
                        (name, subcommand) -> {
                            found.add(path + name);
                            collect(subcommand, path + name + " ", found);
                        });
    }

    private static CommandLine commandLine() {
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
