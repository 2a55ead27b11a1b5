package dev.confiture.progress;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;

/**
 * Asks a running command to stop at the next safe point (the end of a chunk). Set by a signal
 * handler on another thread.
 */
public final class StopSignal {
    private volatile boolean requested;

    public void request() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }

    /** Ends the run in a resumable state if a stop was asked for; called between two chunks. */
    public void check() {
        if (requested) {
            throw new ConfitureException(
                    ErrorCode.INTERRUPTED,
                    "stopped on request; everything finished so far is kept",
                    "Run the same command again to go on where it stopped.");
        }
    }
}
