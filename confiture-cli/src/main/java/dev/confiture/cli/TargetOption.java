package dev.confiture.cli;

import picocli.CommandLine.Option;

/** The database that a command is about. */
final class TargetOption {
    @Option(
            names = "--target",
            required = true,
            paramLabel = "TARGET",
            description =
                    "The new database: an environment's name, the path of an environment file, or a"
                            + " postgresql:// address.")
    String target = "";
}
