package dev.confiture.ledger;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a migration stands. The phase is stored; a run reads it, does its work and stores the next,
 * so that resuming a migration is running it again.
 *
 * <pre>
 * SET_UP    → COPYING    a mapping is known, its chunks are planned
 * COPYING   → FINISHING  every chunk is durable on the target
 * FINISHING → COPIED     indexes, constraints and triggers are back, sequences set, analyzed
 * COPIED    → COPYING    another table is to be migrated
 * COPIED    → FINISHING  a foreign key waited for tables that have come since
 * FINISHING → COPYING    everything is to be copied anew
 * FOLLOWING → COPYING    everything is to be copied anew
 * COPIED    → FOLLOWING  live: the target has caught up with the source once, hops keep it in step
 * FOLLOWING → CUT_OVER   cutover has decided: the application writes to the target from now on
 * CUT_OVER  → FOLLOWING  rollback has decided: it writes to the source again
 * </pre>
 */
public enum Phase {
    SET_UP,
    COPYING,
    FINISHING,
    COPIED,
    FOLLOWING,
    CUT_OVER;

    private static final Map<Phase, Set<Phase>> NEXT =
            Map.of(
                    SET_UP, Set.of(COPYING),
                    COPYING, Set.of(FINISHING),
                    FINISHING, Set.of(COPIED, COPYING),
                    COPIED, Set.of(COPYING, FINISHING, FOLLOWING),
                    FOLLOWING, Set.of(COPYING, CUT_OVER),
                    CUT_OVER, Set.of(FOLLOWING));

    /** Whether the migration may go from this phase straight to the other. */
    public boolean canBecome(Phase next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** For people: {@code set up}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
