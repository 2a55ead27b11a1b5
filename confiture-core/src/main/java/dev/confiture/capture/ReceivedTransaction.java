package dev.confiture.capture;

import dev.confiture.change.Lsn;
import java.util.Set;

/**
 * A committed transaction of the source, whole.
 *
 * @param commit where its commit record starts: the source sends it again as long as no later
 *     position was confirmed
 * @param end where its commit record ends
 * @param keys what it changed, but for rows that were spilled
 * @param place whether rows of it were spilled
 * @param markers the contents of our own messages in it
 */
record ReceivedTransaction(
        int xid, Lsn commit, Lsn end, WeighedKeys keys, Place place, Set<String> markers) {
    enum Place {
        MEMORY,
        SPILLED
    }

    ReceivedTransaction {
        markers = Set.copyOf(markers);
    }

    boolean hasChanges() {
        return place == Place.SPILLED || !keys.isEmpty();
    }
}
