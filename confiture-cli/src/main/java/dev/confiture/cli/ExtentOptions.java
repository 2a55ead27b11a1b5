package dev.confiture.cli;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import picocli.CommandLine.Option;

/** How far a change of sides goes. */
final class ExtentOptions {
    @Option(
            names = "--dry-run",
            description = "Go through the list of what has to be in order, and change nothing.")
    boolean dryRun;

    @Option(
            names = "--rehearse",
            description = "Take the real locks, measure each step, and let go of everything.")
    boolean rehearse;

    /** Refuses both at once, before anything is done. */
    void check() {
        if (dryRun && rehearse) {
            throw new ConfitureException(
                    ErrorCode.USAGE,
                    "--dry-run and --rehearse exclude each other: a rehearsal takes locks, and a"
                            + " dry run does not",
                    "Leave one of them out. A rehearsal goes through the list of a dry run, too.");
        }
    }
}
