package dev.confiture.cli;

import dev.confiture.Confiture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much WAL the source may keep; written as PostgreSQL's own settings are. */
final class WalOption {
    @Option(
            names = "--max-wal",
            paramLabel = "SIZE",
            description =
                    "Live: give the migration up, and drop its replication slot, before the source"
                            + " (after a cutover the target) keeps more WAL for it than this, such"
                            + " as 500MB. Default: 10GB.")
    @Nullable String size;

    /** In bytes. */
    long bytes() {
        return bytes(size);
    }

    /** Of what was given, or not. */
    static long bytes(@Nullable String wanted) {
        if (wanted == null) {
            return Confiture.DEFAULT_MAX_WAL;
        }
        return ByteSize.parse("--max-wal", wanted);
    }
}
