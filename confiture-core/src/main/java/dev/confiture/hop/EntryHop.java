package dev.confiture.hop;

import dev.confiture.catalog.TableName;
import java.util.List;
import java.util.Map;

/**
 * One entry as a hop needs it.
 *
 * @param keys asks the source for the keys of its rows
 * @param ways by source table: how its changed rows lead to rows of the entry
 */
record EntryHop(EntryRows rows, KeyQuery keys, Map<TableName, List<Way>> ways) {
    EntryHop {
        ways = Map.copyOf(ways);
    }

    /** Whether all its keys are different because those of one table's changes are. */
    boolean hasOneWay() {
        return ways.size() == 1
                && ways.values().iterator().next().equals(List.<Way>of(new SameKey()));
    }
}
