package dev.confiture.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The mapping file. */
final class MappingOption {
    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description =
                    "The mapping: which old table and column becomes which new one. Default: the"
                            + " one that was used last for this target, or else every table under"
                            + " its own name.")
    @Nullable Path file;
}
