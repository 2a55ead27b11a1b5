package dev.confiture.hop;

import dev.confiture.postgres.Session;
import java.util.List;
import java.util.function.Consumer;

/** How changed rows of one source table lead to the rows of one entry. */
interface Way {
    /** How many keys go into one statement. */
    int BATCH = 10_000;

    /**
     * Finds the rows.
     *
     * @param source a session inside the snapshot of the hop
     * @param changed keys of the source table, in the order of the captured columns
     * @param affected takes the rows, at most {@link #BATCH} at a time
     */
    void follow(Session source, List<String> changed, Consumer<Affected> affected);
}
