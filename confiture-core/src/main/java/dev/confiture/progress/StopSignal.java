package dev.confiture.progress;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running command to stop at the next safe point (the end of a chunk). Set by a signal
 * handler on another thread.
 */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final List<StopSignal> parts = new CopyOnWriteArrayList<>();

    /** A signal of a part: whatever stops this one stops it too, but not the other way round. */
    public StopSignal part() {
        StopSignal part = new StopSignal();
        parts.add(part);
        if (isRequested()) {
            stop(part);
        }
        return part;
    }

    private void stop(StopSignal part) {
        RuntimeException cause = failure.get();
        if (cause == null) {
            part.request();
        } else {
            part.fail(cause);
        }
    }

    public void request() {
        requested.countDown();
        parts.forEach(this::stop);
    }

    /** Stops everything that looks at this signal, because a part that runs beside it failed. */
    public void fail(RuntimeException cause) {
        failure.compareAndSet(null, cause);
        requested.countDown();
        parts.forEach(this::stop);
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until a stop is asked for. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /**
     * Waits for so long; a stop that is asked for meanwhile ends the run as {@link #check} does.
     */
    public void pause(Duration time) {
        try {
            if (requested.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                check();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits until a stop is asked for, but not longer than this; true if it was. */
    public boolean await(Duration limit) {
        try {
            return requested.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Ends the run in a resumable state if a stop was asked for; called between two chunks. */
    public void check() {
        RuntimeException cause = failure.get();
        if (cause != null) {
            throw cause;
        }
        if (isRequested()) {
            throw new ConfitureException(
                    ErrorCode.INTERRUPTED,
                    "stopped on request; everything finished so far is kept",
                    "Run the same command again to go on where it stopped.");
        }
    }
}
