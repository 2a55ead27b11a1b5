package dev.confiture.cli;

import dev.confiture.Confiture.CopyLimits;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How rows are copied. */
final class CopyOptions {
    /** Who reads the rows of the source. */
    enum Strategy {
        AUTO,
        COPY,
        FDW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--strategy",
            paramLabel = "auto|copy|fdw",
            description =
                    "copy streams the rows through Confiture, fdw lets the target server fetch"
                            + " them, auto chooses per table. Default: auto.")
    Strategy strategy = Strategy.AUTO;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "How many workers copy at the same time. Default: one per processor, but no"
                            + " more than one per 40 MB of heap.")
    @Nullable Integer jobs;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    boolean dryRun;

    @Option(
            names = "--truncate-target",
            description =
                    "Empty target tables that hold rows which Confiture did not write. Without it"
                            + " such a table stops the migration.")
    boolean truncateTarget;

    @Option(
            names = "--max-rate",
            paramLabel = "SIZE",
            description =
                    "Copy no more than this in a second, all workers together, such as 20MB."
                            + " Default: no limit.")
    @Nullable String rate;

    @Option(
            names = "--max-replica-lag",
            paramLabel = "SECONDS",
            description =
                    "Pause the copy while a standby of the source is further behind; 0 for never."
                            + " Default: 10.")
    int replicaLag = 10;

    @Option(
            names = "--max-active",
            paramLabel = "N",
            description =
                    "Pause the copy while more than N other sessions of the source are at work."
                            + " Default: no limit.")
    @Nullable Integer active;

    MigrateOptions toMigrateOptions(boolean resync, long maxWal) {
        Integer wanted = jobs;
        if (wanted != null && wanted < 1) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--jobs " + wanted + " makes no sense: at least one worker has to copy",
                    "Leave --jobs out to let Confiture choose.");
        }
        return new MigrateOptions(
                strategy.toString(),
                wanted == null ? 0 : wanted,
                dryRun,
                truncateTarget,
                resync,
                maxWal,
                limits());
    }

    private CopyLimits limits() {
        if (replicaLag < 0) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--max-replica-lag " + replicaLag + " makes no sense: it cannot be negative",
                    "Write a whole number of seconds, or --max-replica-lag 0 to let no standby hold"
                            + " the copy back.");
        }
        Integer sessions = active;
        if (sessions != null && sessions < 1) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--max-active " + sessions + " makes no sense: it has to be 1 or more",
                    "Leave --max-active out for no limit.");
        }
        return new CopyLimits(
                rate == null ? 0 : ByteSize.parse("--max-rate", rate),
                Duration.ofSeconds(replicaLag),
                sessions == null ? 0 : sessions);
    }
}
