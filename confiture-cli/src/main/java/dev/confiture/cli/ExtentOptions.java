package dev.confiture.cli;

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
}
