package dev.confiture.cli;

import dev.confiture.cli.render.Failure;
import dev.confiture.cli.render.Palette;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The command line as a whole, and one run of it. Good for one run. */
final class Program {
    private static final int HELP_WIDTH = 100;

    private final Surroundings surroundings;
    private final RootCommand options = new RootCommand();
    private final Execution execution;
    private final CommandTree tree;

    Program(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.execution = new Execution(surroundings, options);
        this.tree = new CommandTree(options, execution);
    }

    /** Why the run did not end with 0, if so. */
    Optional<Failure> failure() {
        return execution.failure();
    }

    /** Runs a command line and says the exit code. */
    int run(String... arguments) {
        if (Version.isAskedFor(arguments)) {
            surroundings.console().out().println(Version.line());
            return ExitCode.DONE.number();
        }
        CommandLine commandLine = outfit(tree.neededFor(arguments));
        commandLine.setParameterExceptionHandler((_, line) -> runWhole(line));
        return execution.guard("confiture", () -> commandLine.execute(arguments));
    }

    /** What cannot be parsed is held against all commands, for the nearest names. */
    private int runWhole(String... arguments) {
        CommandLine commandLine = commandLine();
        commandLine.setParameterExceptionHandler(this::usageFailure);
        return commandLine.execute(arguments);
    }

    /** All commands. */
    CommandLine commandLine() {
        return outfit(tree.whole());
    }

    private CommandLine outfit(CommandLine root) {
        Console console = surroundings.console();
        root.registerConverter(Format.class, text -> Words.parse(Format.values(), text));
        root.registerConverter(
                CopyOptions.Strategy.class,
                text -> Words.parse(CopyOptions.Strategy.values(), text));
        root.setExpandAtFiles(false);
        root.setUsageHelpWidth(HELP_WIDTH);
        root.setColorScheme(
                CommandLine.Help.defaultColorScheme(
                        console.outPalette() == Palette.COLOURED ? Ansi.ON : Ansi.OFF));
        root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        describe(root);
        return root;
    }

    private static void describe(CommandLine command) {
        command.getCommandSpec().versionProvider(new RootCommand.VersionLine());
        command.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
        command.getSubcommands().values().forEach(Program::describe);
    }

    /** Those that a command of this version can end with. */
    private static Map<String, String> exitCodes() {
        List<ExitCode> failures =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::exitCode).distinct().toList();
        return Arrays.stream(ExitCode.values())
                .filter(it -> it == ExitCode.DONE || failures.contains(it))
                .collect(
                        Collectors.toMap(
                                it -> "%3d".formatted(it.number()),
                                ExitCode::meaning,
                                (first, _) -> first,
                                LinkedHashMap::new));
    }

    private int usageFailure(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String path =
                command.getCommandSpec()
                        .qualifiedName()
                        .replaceFirst("^confiture ?", "")
                        .replaceFirst("^migrate (schema-to-schema|s2s)", "s2s");
        String name = path.isEmpty() ? "confiture" : path;
        return execution
                .answer(name, format(arguments))
                .failure(UsageFailure.of(exception, arguments));
    }

    /** Parsing may have failed before it came to --format. */
    private static Format format(String[] arguments) {
        String line = String.join(" ", arguments).toLowerCase(Locale.ROOT);
        return line.matches("(.* )?--format[ =]json( .*)?") ? Format.JSON : Format.TEXT;
    }
}
