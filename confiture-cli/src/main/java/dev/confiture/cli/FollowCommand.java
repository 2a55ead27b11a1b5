package dev.confiture.cli;

import dev.confiture.Confiture.FollowOptions;
import dev.confiture.cli.render.FollowText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code confiture s2s follow}. */
@Command(
        name = "follow",
        description = {
            "Keeps the new database in step with the old one until it is stopped; after a cutover"
                    + " the old one with the new one.",
            "",
            "Made to run as a service after `migrate`. Ctrl-C or SIGTERM ends it with exit code 0;"
                    + " started again, it goes on where it stopped. Another command that works on"
                    + " the same target takes over for as long as it runs."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s follow --target new")
final class FollowCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Mixin WalOption wal = new WalOption();

    FollowCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s follow",
                new FollowText(),
                confiture -> confiture.follow(target.target, new FollowOptions(wal.bytes())));
    }
}
