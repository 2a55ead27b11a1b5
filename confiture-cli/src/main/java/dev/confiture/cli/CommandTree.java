package dev.confiture.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The tree of commands. To describe a command its annotations are read, and to do so for all of
 * them takes longer than everything else up to the first line: where the arguments name a command,
 * only that one is described.
 */
final class CommandTree {
    /** Help lists the neighbours. */
    private static final Set<String> HELP = Set.of("-h", "--help");

    private final RootCommand options;
    private final List<Node> nodes;

    CommandTree(RootCommand options, Execution execution) {
        this.options = options;
        List<Node> schemaToSchema =
                List.of(
                        new Node("setup", () -> new SetupCommand(execution)),
                        new Node("mapping", () -> new MappingCommand(execution)),
                        new Node("analyze", () -> new AnalyzeCommand(execution)),
                        new Node("migrate", () -> new MigrateCommand(execution)),
                        new Node("migrate-table", () -> new MigrateTableCommand(execution)),
                        new Node("follow", () -> new FollowCommand(execution)),
                        new Node("verify", () -> new VerifyCommand(execution)),
                        new Node("status", () -> new StatusCommand(execution)),
                        new Node("cutover", () -> new CutoverCommand(execution)),
                        new Node("rollback", () -> new RollbackCommand(execution)),
                        new Node("cleanup", () -> new CleanupCommand(execution)));
        Node longForm =
                new Node(
                        List.of("schema-to-schema", "s2s"),
                        SchemaToSchemaCommand::new,
                        schemaToSchema);
        this.nodes =
                List.of(
                        new Node("demo", () -> new DemoCommand(execution)),
                        new Node("build", () -> new BuildCommand(execution)),
                        new Node(List.of("s2s"), SchemaToSchemaCommand::new, schemaToSchema),
                        new Node(List.of("migrate"), MigrateGroupCommand::new, List.of(longForm)));
    }

    /**
     * A command or a group of them.
     *
     * @param names its name and its aliases
     * @param children what a group holds; empty for a command
     */
    private record Node(List<String> names, Supplier<Object> command, List<Node> children) {
        Node(String name, Supplier<Object> command) {
            this(List.of(name), command, List.of());
        }

        boolean isNamedBy(List<String> arguments) {
            return names.stream().anyMatch(arguments::contains)
                    && (children.isEmpty()
                            || children.stream().anyMatch(child -> child.isNamedBy(arguments)));
        }
    }

    /** Every command there is. */
    CommandLine whole() {
        return grow(new CommandLine(options), nodes, List.of());
    }

    /** The command that the arguments name, or every command if they name none. */
    CommandLine neededFor(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        boolean clear =
                words.stream().noneMatch(HELP::contains)
                        && nodes.stream().anyMatch(node -> node.isNamedBy(words));
        return clear ? grow(new CommandLine(options), nodes, words) : whole();
    }

    /** Adds the nodes to their parent: those that the words name, or all if there are no words. */
    private static CommandLine grow(CommandLine parent, List<Node> nodes, List<String> words) {
        for (Node node : nodes) {
            if (words.isEmpty() || node.isNamedBy(words)) {
                CommandLine child = new CommandLine(node.command().get());
                String name = node.names().getFirst();
                child.getCommandSpec().name(name);
                String[] aliases = node.names().stream().skip(1).toArray(String[]::new);
                parent.addSubcommand(name, grow(child, node.children(), words), aliases);
            }
        }
        return parent;
    }
}
