package dev.confiture.copy;

import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * So many bytes a second, for all workers together. Bytes are owed as long as they take at that
 * rate, behind what others have moved. What is owed is waited for between chunks: in the middle of
 * one the source holds a snapshot, which slows down an application that changes the same rows over
 * and over, the more the longer it lasts. Thread-safe.
 */
public final class RateLimit {
    /** Of one piece; a row of a gigabyte at a kilobyte a second would take 12 days. */
    private static final double LONGEST_NANOS = Duration.ofDays(30).toSeconds() * 1e9;

    /** A chunk that owes more waits while it moves, since who knows how large it is. */
    static final Duration CREDIT = Duration.ofSeconds(1);

    private final long bytesPerSecond;
    private final Consumer<Duration> pause;
    private final LongSupplier nanoseconds;

    /** The moment at which all that was moved so far is paid for. */
    private long paidAt;

    /**
     * @param bytesPerSecond 0 for no limit
     * @param stop ends every wait
     */
    public RateLimit(long bytesPerSecond, StopSignal stop) {
        this(bytesPerSecond, wait -> pause(wait, stop), System::nanoTime);
    }

    RateLimit(long bytesPerSecond, Consumer<Duration> pause, LongSupplier nanoseconds) {
        this.bytesPerSecond = bytesPerSecond;
        this.pause = pause;
        this.nanoseconds = nanoseconds;
        this.paidAt = nanoseconds.getAsLong();
    }

    /** To be called while a chunk moves; waits for what is owed beyond the credit. */
    public void moved(long bytes) {
        await(owed(bytes).minus(CREDIT));
    }

    /** To be called between chunks; waits for all that is owed. */
    public void settle() {
        await(owed(0));
    }

    private void await(Duration wait) {
        if (wait.isPositive()) {
            pause.accept(wait);
        }
    }

    /** A stop ends the wait, not the chunk, which is finished without one. */
    private static void pause(Duration wait, StopSignal stop) {
        boolean _ = stop.await(wait);
    }

    /** How long all that was moved takes from now on, with so many bytes more. */
    synchronized Duration owed(long bytes) {
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
