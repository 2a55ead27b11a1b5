package dev.confiture.migration;

import java.time.Duration;
import java.util.Locale;

/**
 * What one hop did.
 *
 * @param transactions of the application that it brought over
 * @param rows derived anew
 * @param lag from the moment of the source's snapshot until it was durable on the target, by this
 *     machine's monotonic clock
 */
public record HopReport(long transactions, long rows, Duration lag) {
    /** For people. */
    String display() {
        return transactions
                + " transactions, "
                + rows
                + " rows, "
                + String.format(Locale.ROOT, "%.3f s", lag.toMillis() / 1000.0);
    }
}
