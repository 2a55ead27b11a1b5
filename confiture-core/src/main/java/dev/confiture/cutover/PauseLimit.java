package dev.confiture.cutover;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how long writers are kept waiting: when the time is over, what is under way is ended at
 * once, whatever it is. Thread-safe.
 */
public final class PauseLimit implements AutoCloseable {
    private final long begin = System.nanoTime();
    private final Duration longest;
    private final Runnable whenOver;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean closed;
    private boolean over;

    private PauseLimit(Duration longest, Runnable whenOver) {
        this.longest = longest;
        this.whenOver = whenOver;
    }

    /**
     * Begins to count.
     *
     * @param whenOver ends what is under way; called from another thread, at most once
     */
    public static PauseLimit begin(Duration longest, Runnable whenOver) {
        PauseLimit limit = new PauseLimit(longest, whenOver);
        Thread.ofPlatform().name("confiture-pause").daemon().start(limit::watch);
        return limit;
    }

    private void watch() {
        try {
            if (ended.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (closed) {
                return;
            }
            over = true;
        }
        whenOver.run();
    }

    /** What is left of the time; negative once it is over. */
    public Duration left() {
        return longest.minusNanos(System.nanoTime() - begin);
    }

    public Duration passed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Whether the time was over before this was closed. */
    public synchronized boolean isOver() {
        return over;
    }

    /** From now on nothing is ended any more. */
    @Override
    public synchronized void close() {
        closed = true;
        ended.countDown();
    }
}
