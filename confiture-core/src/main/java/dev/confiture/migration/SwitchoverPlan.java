package dev.confiture.migration;

import dev.confiture.cutover.PreflightItem;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.Direction;
import java.util.List;

/** What one direction has of its own, before anything is made for a switchover. */
interface SwitchoverPlan {
    /**
     * For a migration that is in the phase for it.
     *
     * @throws ConfitureException if it is not
     */
    static SwitchoverPlan of(Direction direction, Attachment attachment, CutoverRequest request) {
        return direction == Direction.FORWARD
                ? CutoverPlan.of(attachment, request)
                : RollbackPlan.of(attachment, request);
    }

    /** The list that is gone through before; changes nothing. */
    List<PreflightItem> preflight();

    /** Opens what the switchover works with. */
    Crossing open(Run whole);

    /** The failure as the user of this direction understands it. */
    RuntimeException inWords(RuntimeException failure);
}
