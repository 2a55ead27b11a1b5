package dev.confiture.capture;

import dev.confiture.change.Due;
import dev.confiture.change.Lsn;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what was changed, a snapshot at a time: exactly the transactions that the snapshot sees
 * and that were not handed out before. Not thread-safe.
 *
 * <p>The order in which transactions commit in the log is not that in which they become visible;
 * hence a snapshot says itself which of them it sees, and no position does.
 */
public final class Drain {
    private static final String EMIT_MARKER = SqlText.named("capture/emit_marker");
    private static final Duration STOP_CHECK = Duration.ofMillis(100);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ChangeStream stream;
    private final Session markers;
    private final GatheredKeys gathered;
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
        this.gathered = stream.backlog();
        // A commit that waits until it is on disk takes all earlier ones along, also those of an
        // application that does not wait; the source sends nothing that is not on its disk. More
        // than its own disk is not asked for, a standby may be away for long.
        markers.execute("SET synchronous_commit = local");
        markers.limitSilence(LONGEST_SILENCE);
    }

    /**
     * All changes that the snapshot sees and that no earlier call has handed out; waits until the
     * last of them has arrived. A snapshot must not be older than that of an earlier call.
     *
     * <p>A failure, and also a stop, ends the stream too: a source that is being stopped waits for
     * whoever reads its changes.
     *
     * @param snapshot taken before this call: all that it sees has then been committed before the
     *     marker which this writes, and arrives before it
     */
    public Due upTo(TransactionSnapshot snapshot, StopSignal stop) {
        stream.mustBeAlive();
        try {
            return drain(snapshot, stop);
        } catch (RuntimeException | Error failure) {
            stream.abandon(failure);
            throw failure;
        }
    }

    private Due drain(TransactionSnapshot snapshot, StopSignal stop) {
        String marker = run + " " + ++number;
        markers.queryOne(EMIT_MARKER, row -> row.text(1), marker);
        // Not before: what waits is read up to the marker, and no stream need be waited for.
        stream.begin(snapshot);
        List<ReceivedTransaction> earlier = waiting;
        waiting = new ArrayList<>();
        earlier.forEach(transaction -> sort(transaction, snapshot));
        @Nullable Lsn drained = null;
        while (drained == null) {
            for (ReceivedTransaction transaction : takeSome(stop)) {
                sort(transaction, snapshot);
                if (transaction.markers().contains(marker)) {
                    drained = transaction.end();
                }
            }
        }
        // The source sends again what commits at or after the confirmed position: see
        // SnapBuildXactNeedsSkip in src/backend/replication/logical/snapbuild.c, which compares it
        // with the start of the commit record.
        return gathered.handOut(
                snapshot, waiting.isEmpty() ? drained : waiting.getFirst().commit());
    }

    private void sort(ReceivedTransaction transaction, TransactionSnapshot snapshot) {
        if (!transaction.hasChanges()) {
            transaction.keys().handOut();
        } else if (snapshot.sees(transaction.xid())) {
            gathered.add(transaction);
        } else {
            waiting.add(transaction);
        }
    }

    private List<ReceivedTransaction> takeSome(StopSignal stop) {
        long began = System.nanoTime();
        while (true) {
            stop.check();
            List<ReceivedTransaction> some = stream.take(STOP_CHECK);
            if (!some.isEmpty()) {
                return some;
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                mustBeServed();
                began = System.nanoTime();
            }
        }
    }

    /**
     * A long silence may mean that the source reads a large transaction, or that the network has
     * swallowed the connection: then the source ends it some time, and we would never hear of it.
     */
    private void mustBeServed() {
        OptionalInt process = stream.serverProcess();
        if (process.isEmpty()) {
            return;
        }
        long served =
                markers.queryOne(
                        "SELECT count(*) FROM pg_replication_slots WHERE active_pid = ?",
                        row -> row.number(1),
                        process.getAsInt());
        if (served == 0 && process.equals(stream.serverProcess())) {
            throw new ConfitureException(
                    ErrorCode.SOURCE_FAILED,
                    "lost the stream of changes: the source has ended the connection, or heard"
                            + " nothing of us for too long",
                    "Run the same command again; it goes on where it stopped.");
        }
    }

    /** To be called once the changes up to a position that was handed out are durable. */
    public void confirm(Lsn position) {
        stream.confirm(position);
    }
}
