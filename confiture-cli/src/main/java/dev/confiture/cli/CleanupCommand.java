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
            "Removes what Confiture made: the link to the source, the foreign tables, its records;"
                    + " after a live migration also the publication, the replication slot and the"
                    + " fence.",
            "",
            "The migrated tables and their rows stay. Refused while the copy is not complete, while"
                    + " a live migration is neither cut over nor rolled back, and while the source"
                    + " of a live migration cannot be reached."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s cleanup --target new")
final class CleanupCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Option(
            names = "--force",
            description =
                    "Do it all the same; the migration cannot go on then. If the source is not"
                            + " there, what may be left on it is listed, with the statements that"
                            + " drop it.")
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
