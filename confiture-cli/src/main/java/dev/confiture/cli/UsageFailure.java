package dev.confiture.cli;

import dev.confiture.cli.render.Failure;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.NearestName;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What to say about a command line that makes no sense. */
final class UsageFailure {
    private static final String GROUP = "s2s";
    private static final String MIGRATION = "confiture " + GROUP + " ";

    private UsageFailure() {}

    static Failure of(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String help = "See " + command.getCommandSpec().qualifiedName() + " --help.";
        Optional<String> unknown = unknown(exception, arguments);
        if (unknown.isPresent()) {
            String name = unknown.get();
            String kind = kind(name, command);
            return failure("unknown " + kind + " " + name, suggestion(name, command) + help);
        }
        String message = Objects.requireNonNullElse(exception.getMessage(), "wrong usage");
        if (takesCommands(command) && message.equals("Missing required subcommand")) {
            String known = "One of " + names(command) + ". ";
            return failure("a command is missing", known + copying(command) + help);
        }
        return failure(
                message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1), help);
    }

    private static Failure failure(String message, String hint) {
        return new Failure(ErrorCode.USAGE, message, hint);
    }

    /**
     * The first word that means nothing here. A mistyped option is also behind the complaint that
     * the right one is missing.
     */
    private static Optional<String> unknown(ParameterException exception, String[] arguments) {
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return unmatched.getUnmatched().stream().findFirst().map(UsageFailure::nameOfOption);
        }
        if (exception instanceof MissingParameterException) {
            var known = exception.getCommandLine().getCommandSpec().optionsMap().keySet();
            return Arrays.stream(arguments)
                    .filter(argument -> argument.startsWith("--") && argument.length() > 2)
                    .map(UsageFailure::nameOfOption)
                    .filter(name -> !known.contains(name))
                    .findFirst();
        }
        return Optional.empty();
    }

    private static String nameOfOption(String argument) {
        return argument.startsWith("-") ? argument.replaceFirst("=.*", "") : argument;
    }

    private static String kind(String name, CommandLine command) {
        if (name.startsWith("-")) {
            return "option";
        }
        return takesCommands(command) ? "command" : "argument";
    }

    private static String suggestion(String name, CommandLine command) {
        if (name.equals("help")) {
            return "Did you mean --help? ";
        }
        Optional<String> meant =
                name.startsWith("-")
                        ? NearestName.of(name, command.getCommandSpec().optionsMap().keySet())
                        : meantCommand(name, command);
        return meant.map(it -> "Did you mean " + it + "? ").orElseGet(() -> copying(command));
    }

    /** The commands of a migration are one level down, in a group that is easily left out. */
    private static Optional<String> meantCommand(String name, CommandLine command) {
        Set<String> inGroup =
                group(command).map(it -> it.getSubcommands().keySet()).orElse(Set.of());
        if (inGroup.contains(name)) {
            return Optional.of(MIGRATION + name);
        }
        return NearestName.of(name, command.getSubcommands().keySet())
                .or(() -> NearestName.of(name, inGroup).map(it -> MIGRATION + it));
    }

    /** Whoever types {@code confiture migrate} wants to copy. */
    private static String copying(CommandLine command) {
        return command.getCommandName().equals("migrate") && group(command).isPresent()
                ? "Did you mean " + MIGRATION + "migrate? "
                : "";
    }

    /** The commands that a migration consists of, as seen from above them. */
    private static Optional<CommandLine> group(CommandLine command) {
        return Optional.ofNullable(command.getSubcommands().get(GROUP));
    }

    private static boolean takesCommands(CommandLine command) {
        return !command.getSubcommands().isEmpty();
    }

    private static String names(CommandLine command) {
        return command.getSubcommands().values().stream()
                .map(CommandLine::getCommandName)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
