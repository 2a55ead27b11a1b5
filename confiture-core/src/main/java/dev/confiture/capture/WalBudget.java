package dev.confiture.capture;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.time.Duration;
import java.util.Optional;

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
    private boolean endangered;

    /**
     * @param most in bytes
     */
    public WalBudget(String slot, long most, ProgressListener listener) {
        this.slot = slot;
        this.most = most;
        this.listener = listener;
    }

    /**
     * Looks at the slot now and then; warns when half of the budget is spent, and when the server
     * is about to give the slot up for a limit of its own.
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
        Optional<SlotHealth> health = SlotHealth.of(source, slot);
        warnOfTheServer(health.map(SlotHealth::isInDanger).orElse(false));
        long retained = health.map(SlotHealth::retainedBytes).orElse(0L);
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

    private void warnOfTheServer(boolean inDanger) {
        if (inDanger && !endangered) {
            listener.on(
                    new ProgressEvent.Warning(
                            "the source may give up the replication slot "
                                    + slot
                                    + " at its next checkpoint, for it keeps more WAL than"
                                    + " max_slot_wal_keep_size allows. Raise that setting on the"
                                    + " source now (ALTER SYSTEM SET, then SELECT"
                                    + " pg_reload_conf()), or end what keeps the changes back; a"
                                    + " slot that is lost means `confiture s2s migrate --resync`"));
        }
        endangered = inDanger;
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
