package dev.confiture.capture;

import dev.confiture.change.ChangedKeys;
import dev.confiture.change.Due;
import dev.confiture.change.Lsn;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Hands out what was changed, a snapshot at a time: exactly the transactions that the snapshot sees
 * and that were not handed out before. Not thread-safe.
 *
 * <p>The order in which transactions commit in the log is not that in which they become visible;
 * hence a snapshot says itself which of them it sees, and no position does.
 */
public final class Drain {
    private static final String EMIT_MARKER = SqlText.named("capture/emit_marker");

    private final ChangeStream stream;
    private final Session markers;
    private final String run = UUID.randomUUID().toString();
    private long number;

    /** Received but not seen by any snapshot so far, in the order of the commits. */
    private List<ReceivedTransaction> waiting = new ArrayList<>();

    /**
     * @param markers a session on the source for this drain alone, outside of any transaction
     */
    public Drain(ChangeStream stream, Session markers) {
        this.stream = stream;
        this.markers = markers;
        // A commit that waits until it is on disk takes all earlier ones along, also those of an
        // application that does not wait; the source sends nothing that is not on its disk. More
        // than its own disk is not asked for, a standby may be away for long.
        markers.execute("SET synchronous_commit = local");
    }

    /**
     * All changes that the snapshot sees and that no earlier call has handed out; waits until the
     * last of them has arrived.
     *
     * @param snapshot taken before this call: all that it sees has then been committed before the
     *     marker which this writes, and arrives before it
     */
    public Due upTo(TransactionSnapshot snapshot, StopSignal stop) {
        stream.mustBeAlive();
        String marker = run + " " + ++number;
        markers.queryOne(EMIT_MARKER, row -> row.text(1), marker);
        List<ReceivedTransaction> arrived = stream.awaitMarker(marker, stop);
        arrived.stream().filter(ReceivedTransaction::hasChanges).forEach(waiting::add);
        return handOut(snapshot, arrived.getLast().end());
    }

    /**
     * @param drained up to where everything has arrived
     */
    private Due handOut(TransactionSnapshot snapshot, Lsn drained) {
        ChangedKeys keys = new ChangedKeys();
        List<Integer> spilled = new ArrayList<>();
        List<ReceivedTransaction> later = new ArrayList<>();
        for (ReceivedTransaction transaction : waiting) {
            if (!snapshot.sees(transaction.xid())) {
                later.add(transaction);
                continue;
            }
            keys.addAll(transaction.keys());
            if (transaction.place() == ReceivedTransaction.Place.SPILLED) {
                spilled.add(transaction.xid());
            }
            stream.release(transaction);
        }
        long transactions = (long) waiting.size() - later.size();
        waiting = later;
        // The source sends again what commits at or after the confirmed position: see
        // SnapBuildXactNeedsSkip in src/backend/replication/logical/snapbuild.c, which compares it
        // with the start of the commit record.
        Lsn position = later.isEmpty() ? drained : later.getFirst().commit();
        return new Due(snapshot, keys, spilled, transactions, position);
    }

    /** To be called once the changes up to a position that was handed out are durable. */
    public void confirm(Lsn position) {
        stream.confirm(position);
    }
}
