package dev.confiture.cli;

import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.cli.render.CutoverText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s cutover}. */
@Command(
        name = "cutover",
        description = {
            "Lets the application change from the old database to the new one.",
            "",
            "Writers are kept waiting while the last changes are brought over; then the old"
                    + " database refuses writes and says where the data lives now. What is not done"
                    + " within --max-pause is undone: exit code 7, and nothing was changed."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s cutover --target new --rehearse")
final class CutoverCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Mixin PauseOption pause = new PauseOption();

    @Mixin ExtentOptions extent = new ExtentOptions();

    @Option(
            names = "--no-rollback",
            description = "Leave the old database as it is then: there is no way back.")
    boolean noRollback;

    @Mixin SwitchoverWalOption wal = new SwitchoverWalOption();

    CutoverCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s cutover",
                new CutoverText(target.target),
                confiture -> {
                    extent.check();
                    return confiture.cutover(
                            target.target,
                            new CutoverOptions(
                                    pause.longest(),
                                    extent.dryRun,
                                    extent.rehearse,
                                    noRollback,
                                    wal.bytes()));
                });
    }
}
