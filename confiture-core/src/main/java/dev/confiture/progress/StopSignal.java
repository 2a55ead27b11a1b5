package dev.confiture.progress;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.concurrent.CountDownLatch;

/**
 * Asks a running command to stop at the next safe point (the end of a chunk). Set by a signal
 * handler on another thread.
 */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until a stop is asked for. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Ends the run in a resumable state if a stop was asked for; called between two chunks. */
    public void check() {
        if (isRequested()) {
            throw new ConfitureException(
                    ErrorCode.INTERRUPTED,
                    "stopped on request; everything finished so far is kept",
                    "Run the same command again to go on where it stopped.");
        }
    }
}
