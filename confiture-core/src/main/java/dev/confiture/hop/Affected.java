package dev.confiture.hop;

import java.util.List;

/**
 * Rows of an entry that have to be made anew.
 *
 * @param reading keys by which the entry's SELECT finds them on the source
 * @param writing keys by which they are found in the target; more than one of {@code reading} may
 *     lead to the same
 */
record Affected(List<String> reading, List<String> writing) {
    Affected {
        reading = List.copyOf(reading);
        writing = List.copyOf(writing);
    }

    int size() {
        return Math.max(reading.size(), writing.size());
    }
}
