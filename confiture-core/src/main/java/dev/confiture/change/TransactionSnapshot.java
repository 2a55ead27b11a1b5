package dev.confiture.change;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions of the source a snapshot sees.
 *
 * @param text as {@code pg_current_snapshot()} writes it: {@code xmin:xmax:xip,xip,…}
 * @param xmin the oldest transaction that was still running
 * @param xmax one past the newest transaction that had ended
 * @param inProgress those in between that were still running
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT">
 *     pg_snapshot</a>
 */
public record TransactionSnapshot(String text, long xmin, long xmax, Set<Long> inProgress) {
    public TransactionSnapshot {
        inProgress = Set.copyOf(inProgress);
    }

    public static TransactionSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a snapshot: " + text);
        }
        Set<Long> inProgress =
                Arrays.stream(parts[2].split(","))
                        .filter(xid -> !xid.isEmpty())
                        .map(Long::valueOf)
                        .collect(Collectors.toSet());
        return new TransactionSnapshot(
                text, Long.parseLong(parts[0]), Long.parseLong(parts[1]), inProgress);
    }

    /**
     * Whether this snapshot sees a transaction that has committed.
     *
     * @param xid as the stream gives it: the lower half of the number. The whole one is that
     *     nearest to {@code xmax}, since a server never has two billion transactions in flight
     */
    public boolean sees(int xid) {
        long whole = xmax + (xid - (int) xmax);
        return whole < xmin || (whole < xmax && !inProgress.contains(whole));
    }
}
