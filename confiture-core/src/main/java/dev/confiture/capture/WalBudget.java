package dev.confiture.capture;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.time.Duration;

/**
 * How much WAL the source may keep because of us. Its disk is the application's: before it fills up
 * the migration is given up. Thread-safe.
 */
public final class WalBudget {
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final long MEGABYTE = 1 << 20;

    private final String slot;
    private final long most;
    private final ProgressListener listener;

    private long lastLook = System.nanoTime() - PACE.toNanos();
    private boolean warned;

    /**
     * @param most in bytes
     */
    public WalBudget(String slot, long most, ProgressListener listener) {
        this.slot = slot;
        this.most = most;
        this.listener = listener;
    }

    /**
     * Looks at the slot now and then; warns when half of the budget is spent.
     *
     * @param source outside a transaction or inside one, it does not matter
     * @throws ConfitureException {@link ErrorCode#WAL_BUDGET_SPENT}: the caller drops the slot
     */
    public synchronized void check(Session source) {
        long now = System.nanoTime();
        if (now - lastLook < PACE.toNanos()) {
            return;
        }
        lastLook = now;
        long retained = SlotHealth.of(source, slot).map(SlotHealth::retainedBytes).orElse(0L);
        if (retained > most) {
            throw spent(retained);
        }
        if (retained > most / 2 && !warned) {
            listener.on(
                    new ProgressEvent.Warning(
                            "the source keeps "
                                    + megabytes(retained)
                                    + " of WAL for this migration; at "
                                    + megabytes(most)
                                    + " (--max-wal) it is given up"));
        }
        warned = retained > most / 2;
    }

    private ConfitureException spent(long retained) {
        return new ConfitureException(
                ErrorCode.WAL_BUDGET_SPENT,
                "the source keeps "
                        + megabytes(retained)
                        + " of WAL for this migration, more than the "
                        + megabytes(most)
                        + " of --max-wal; the replication slot "
                        + slot
                        + " is dropped, so that the source's disk is safe",
                "Find out what kept the changes back (a transaction that is open for long on the"
                        + " source, a slow target), then run `confiture s2s migrate --resync`, with"
                        + " a larger --max-wal if the disk has room.");
    }

    private static String megabytes(long bytes) {
        return Math.ceilDiv(bytes, MEGABYTE) + " MB";
    }
}
