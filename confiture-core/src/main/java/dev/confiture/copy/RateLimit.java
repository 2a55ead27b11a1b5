package dev.confiture.copy;

import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * So many bytes a second, for all workers together. Whoever moves bytes then waits as long as they
 * take at that rate, and behind what others have moved. Thread-safe.
 */
public final class RateLimit {
    /** Of one piece; a row of a gigabyte at a kilobyte a second would take 12 days. */
    private static final double LONGEST_NANOS = Duration.ofDays(30).toSeconds() * 1e9;

    private final long bytesPerSecond;
    private final StopSignal stop;
    private final LongSupplier nanoseconds;

    /** The moment at which all that was moved so far is paid for. */
    private long paidAt;

    /**
     * @param bytesPerSecond 0 for no limit
     * @param stop ends every wait
     */
    public RateLimit(long bytesPerSecond, StopSignal stop) {
        this(bytesPerSecond, stop, System::nanoTime);
    }

    RateLimit(long bytesPerSecond, StopSignal stop, LongSupplier nanoseconds) {
        this.bytesPerSecond = bytesPerSecond;
        this.stop = stop;
        this.nanoseconds = nanoseconds;
        this.paidAt = nanoseconds.getAsLong();
    }

    /** Waits for what these bytes cost. */
    public void moved(long bytes) {
        Duration wait = cost(bytes);
        if (wait.isPositive()) {
            // A stop ends the wait, not the chunk, which is finished without one.
            boolean _ = stop.await(wait);
        }
    }

    /** How long whoever moved so many bytes has to wait from now on. */
    synchronized Duration cost(long bytes) {
        if (bytesPerSecond == 0) {
            return Duration.ZERO;
        }
        long now = nanoseconds.getAsLong();
        // Time in which nothing was moved is not saved up.
        double price = Math.min(bytes * 1e9 / bytesPerSecond, LONGEST_NANOS);
        paidAt = Math.max(paidAt, now) + (long) price;
        return Duration.ofNanos(paidAt - now);
    }
}
