package dev.confiture.cli;

import dev.confiture.cli.render.CleanupText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s cleanup}. */
@Command(
        name = "cleanup",
        description = {
            "Removes what Confiture made: the link to the source, the foreign tables, its records.",
            "",
            "The migrated tables and their rows stay. A migration that is not complete is refused."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s cleanup --target new")
final class CleanupCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Option(
            names = "--force",
            description = "Also while the copy is not complete. It cannot be resumed then.")
    boolean force;

    CleanupCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s cleanup",
                new CleanupText(),
                confiture -> confiture.cleanup(target.target, force));
    }
}
