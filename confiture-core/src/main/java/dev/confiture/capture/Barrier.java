package dev.confiture.capture;

import dev.confiture.catalog.Literal;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.StopSignal;
import java.time.Duration;

/**
 * Behind it rows may be copied. A commit is in the log before it is visible, so a new slot may take
 * a transaction for past, and not send it, that the first chunk would not see yet.
 */
public final class Barrier {
    private static final Duration SHORTEST_POLL = Duration.ofMillis(1);
    private static final Duration LONGEST_POLL = Duration.ofMillis(20);

    private Barrier() {}

    /**
     * Waits until whatever the slot takes for committed can be seen by every new snapshot. Returns
     * the slot's own snapshot.
     *
     * @param source a session outside a transaction
     * @param exported the name of the slot's snapshot; the connection that made the slot must not
     *     have been used since
     */
    public static TransactionSnapshot await(Session source, String exported, StopSignal stop) {
        String past =
                source.inSnapshot(
                        () -> {
                            source.execute("SET TRANSACTION SNAPSHOT " + Literal.quote(exported));
                            return source.queryOne(
                                    SqlText.named("capture/read_exported_snapshot"),
                                    row -> row.text(1));
                        });
        Duration poll = SHORTEST_POLL;
        while (!isVisible(source, past)) {
            stop.pause(poll);
            Duration longer = poll.multipliedBy(2);
            poll = longer.compareTo(LONGEST_POLL) < 0 ? longer : LONGEST_POLL;
        }
        return TransactionSnapshot.parse(past);
    }

    private static boolean isVisible(Session source, String past) {
        return source.queryOne(
                SqlText.named("capture/compare_snapshots"), row -> row.truth(1), past);
    }
}
