package dev.confiture.cutover;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how long writers are kept waiting: when the time is over, what is under way is ended at
 * once, whatever it is. Thread-safe.
 */
public final class PauseLimit implements AutoCloseable {
    private final Deadline deadline;
    private final Runnable whenOver;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean closed;

    private PauseLimit(Deadline deadline, Runnable whenOver) {
        this.deadline = deadline;
        this.whenOver = whenOver;
    }

    /**
     * Begins to watch.
     *
     * @param longest how long from now on
     * @param whenOver ends what is under way; called from another thread, at most once
     */
    public static PauseLimit begin(Duration longest, Runnable whenOver) {
        PauseLimit limit = new PauseLimit(Deadline.in(longest), whenOver);
        Thread.ofPlatform().name("confiture-pause").daemon().start(limit::watch);
        return limit;
    }

    private void watch() {
        try {
            if (ended.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (!closed) {
                // Inside, so that whoever closes this waits until it is done.
                whenOver.run();
            }
        }
    }

    /** What is left of the time; negative once it is over. */
    public Duration left() {
        return deadline.left();
    }

    /** Whether the time is over, also after this was closed. */
    public boolean isOver() {
        return deadline.isOver();
    }

    /**
     * From now on nothing is ended any more; what is being ended at this moment is waited for. Says
     * nothing of whether the time is over.
     */
    @Override
    public void close() {
        ended.countDown();
        synchronized (this) {
            closed = true;
        }
    }
}
