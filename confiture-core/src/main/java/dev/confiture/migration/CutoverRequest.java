package dev.confiture.migration;

import java.time.Duration;

/**
 * What is asked of a cutover.
 *
 * @param maxPause from the first writer that may have to wait until the decision
 * @param maxWal bytes of WAL that the side that is left may keep because of us
 */
public record CutoverRequest(Duration maxPause, Extent extent, Afterwards afterwards, long maxWal) {
    /** How far it goes. */
    public enum Extent {
        /** Only looks. */
        DRY_RUN,
        /** Takes the real locks, measures, and lets go. */
        REHEARSAL,
        WHOLE
    }

    /** What is to become of the side that is left. */
    public enum Afterwards {
        /** It is kept in step, so that there is a way back. */
        KEEP_IN_STEP,
        /** Nothing: there is no way back. */
        LEAVE
    }
}
