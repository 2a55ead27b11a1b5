package dev.confiture.cli;

import dev.confiture.cli.render.StatusText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code confiture s2s status}. */
@Command(
        name = "status",
        description = {
            "Says where the migration stands.",
            "",
            "Changes nothing, and works from any machine, also while another command runs."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s status --target new --format json")
final class StatusCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    StatusCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s status", new StatusText(), confiture -> confiture.status(target.target));
    }
}
