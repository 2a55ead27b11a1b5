package dev.confiture.migration;

import dev.confiture.postgres.Session;

/**
 * Looks at both sides at the end of a hop, when the target is by definition what the mapping makes
 * of the source.
 */
@FunctionalInterface
public interface Boundary {
    /** Nobody looks. */
    Boundary UNSEEN = (source, target) -> {};

    /**
     * @param source inside the hop's snapshot
     * @param target inside the hop's transaction, before it commits
     */
    void at(Session source, Session target);
}
