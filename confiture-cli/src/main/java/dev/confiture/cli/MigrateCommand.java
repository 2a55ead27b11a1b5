package dev.confiture.cli;

import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.cli.render.MigrateText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confiture s2s migrate}. */
@Command(
        name = "migrate",
        description = {
            "Copies all rows, and rebuilds indexes and constraints.",
            "",
            "Stopped or killed, the same command goes on where it stopped. After success it has"
                    + " nothing to copy, and says so; a live migration catches up once more."
        },
        footerHeading = "%nExample:%n",
        footer = "  confiture s2s migrate --target new --mapping mapping.yaml --jobs 4")
final class MigrateCommand implements Callable<Integer> {
    private final Execution execution;

    @Mixin TargetOption target = new TargetOption();

    @Mixin MappingOption mapping = new MappingOption();

    @Mixin CopyOptions copy = new CopyOptions();

    @Option(
            names = "--resync",
            description =
                    "Delete what was copied and copy it anew, with a new replication slot: the way"
                            + " out when the source has lost changes.")
    boolean resync;

    @Mixin WalOption wal = new WalOption();

    MigrateCommand(Execution execution) {
        this.execution = execution;
    }

    @Override
    public Integer call() {
        return execution.run(
                "s2s migrate",
                new MigrateText(target.target),
                confiture -> {
                    MigrateOptions options = copy.toMigrateOptions(resync, wal.bytes());
                    return confiture.migrate(target.target, mapping.file, options);
                });
    }
}
