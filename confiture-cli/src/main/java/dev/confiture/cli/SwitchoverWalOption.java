package dev.confiture.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much WAL the side that is left may keep while the application is about to change sides. */
final class SwitchoverWalOption {
    @Option(
            names = "--max-wal",
            paramLabel = "SIZE",
            description =
                    "Give up if the side that is left keeps more WAL for the migration than this,"
                            + " such as 500MB; the replication slot stays. Default: 10GB.")
    @Nullable String size;

    /** In bytes. */
    long bytes() {
        return WalOption.bytes(size);
    }
}
