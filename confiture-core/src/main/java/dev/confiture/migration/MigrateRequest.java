package dev.confiture.migration;

import dev.confiture.ledger.StoredMapping;
import dev.confiture.mapping.Strategy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run of {@code migrate} or {@code migrate-table} is asked for.
 *
 * @param file the mapping file, or null for the mapping in the ledger
 * @param table the one table of {@code migrate-table}, or null
 * @param strategy for entries that do not say; null chooses for each of them
 * @param maxWal bytes of WAL that the source may keep because of us
 * @param limits how the copy is held back for the source's sake
 * @param jobs how many workers copy; 0 means as many as fit the machine
 */
public record MigrateRequest(
        @Nullable MappingFile file,
        @Nullable StoredMapping table,
        @Nullable Strategy strategy,
        int jobs,
        Intent intent,
        ForeignRows foreignRows,
        Start start,
        long maxWal,
        Limits limits) {
    /**
     * How the copy is held back for the source's sake; 0 is no limit.
     *
     * @param bytesPerSecond what all workers together may move
     * @param standbyLag while a standby of the source is further behind, no chunk is begun
     * @param activeSessions while more sessions of the source are at work, no chunk is begun
     */
    public record Limits(long bytesPerSecond, Duration standbyLag, int activeSessions) {}

    /** Whether anything is to be written. */
    public enum Intent {
        RUN,
        DRY_RUN
    }

    /** What happens to rows in target tables that Confiture did not write. */
    public enum ForeignRows {
        REFUSE,
        TRUNCATE
    }

    /** What becomes of rows that an earlier run has copied. */
    public enum Start {
        WHERE_IT_STOPPED,
        /** They are deleted, and so is the slot: the way out when changes were lost. */
        ANEW
    }

    /** Whether the whole mapping is migrated, so that afterwards every reference has its row. */
    boolean whole() {
        return table == null;
    }
}
