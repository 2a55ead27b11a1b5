package dev.confiture.ledger;

import dev.confiture.change.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * One try to let the application change sides.
 *
 * @param wayBack whether the side that is left is kept in step afterwards
 * @param beganAt ISO 8601 in UTC; likewise {@code decidedAt}, which is null before the decision
 * @param position in the log of the side that is written to from the decision on; what comes after
 *     it is the application's. Null before the decision
 * @param outcome null as long as it is neither undone nor completed
 */
public record SwitchoverRecord(
        int number,
        Direction direction,
        boolean wayBack,
        String beganAt,
        @Nullable String decidedAt,
        @Nullable Lsn position,
        @Nullable Outcome outcome) {
    /** How it ended. */
    public enum Outcome {
        DONE,
        UNDONE
    }

    public boolean decided() {
        return decidedAt != null;
    }

    public boolean ended() {
        return outcome != null;
    }

    /**
     * One step of it.
     *
     * @param milliseconds how long it took
     */
    public record Step(String name, double milliseconds) {
        /** Whether writers wait while it is done. */
        public boolean inPause() {
            return name.startsWith("pause: ");
        }
    }
}
