package dev.confiture.migration;

import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.Direction;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Session;
import java.util.Optional;

/**
 * What a switchover works with, whichever way it goes.
 *
 * @param whole the migration's own run, forward; the decision is written to its ledger
 * @param run whose source is the side that is left, and whose target is the next one
 * @param mapping of that run
 * @param capture of the side that is left
 * @param tables those that are closed, and those that are opened
 * @param proof whether the rows that were changed tell if both sides are equal
 * @param opposite mapping of the hops that keep the side that is left in step afterwards; empty if
 *     it is left as it is
 */
record Crossing(
        Run whole,
        Run run,
        ResolvedMapping mapping,
        CaptureRecord capture,
        Sides sides,
        Sides.Tables tables,
        Proof proof,
        Optional<ResolvedMapping> opposite)
        implements AutoCloseable {
    /** What is compared while writers wait. */
    enum Proof {
        CHANGED_ROWS,
        /** Nothing is known that the changed rows could be added to. */
        NONE;

        /** By the ledger of the side that is written by the hops. */
        static Proof of(Session control) {
            return LastVerify.of(control).isPresent() ? CHANGED_ROWS : NONE;
        }
    }

    Direction direction() {
        return sides.direction();
    }

    @Override
    public void close() {
        if (run.attachment() != whole.attachment()) {
            run.attachment().close();
        }
    }
}
