package dev.confiture.cli;

import dev.confiture.Confiture.RollbackOptions;
import dev.confiture.cli.render.CutoverText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code confiture s2s rollback}. */
@Command(
        name = "rollback",
        description = {
            "Lets the application go back to the old database, with all that it wrote to the new.",
            "",
            "The same as cutover, the other way: writers are kept waiting while the last changes"
                    + " are carried back; then the new database refuses writes. What is not done"
                    + " within --max-pause is undone: exit code 7, and nothing was changed."
                    + " Afterwards the new database is kept in step again, and another cutover is"
                    + " possible."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s rollback --target new --dry-run")
final class RollbackCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Mixin PauseOption pause = new PauseOption();

    @Mixin ExtentOptions extent = new ExtentOptions();

    @Mixin SwitchoverWalOption wal = new SwitchoverWalOption();

    RollbackCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s rollback",
                new CutoverText(target.target),
                confiture -> {
                    extent.check();
                    return confiture.rollback(
                            target.target,
                            new RollbackOptions(
                                    pause.longest(), extent.dryRun, extent.rehearse, wal.bytes()));
                });
    }
}
