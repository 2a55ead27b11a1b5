package dev.confiture.change;

import java.util.List;

/**
 * All changes that a snapshot sees and that were not handed out before.
 *
 * @param snapshot what was seen
 * @param keys the changed rows, but for those that were spilled
 * @param spilled the transactions of which rows went to the {@link KeySpill}
 * @param transactions how many transactions were received for it
 * @param position up to where nothing is left to be done once these changes are done: what may be
 *     confirmed to the slot after that is durable
 */
public record Due(
        TransactionSnapshot snapshot,
        ChangedKeys keys,
        List<Integer> spilled,
        long transactions,
        Lsn position) {
    public Due {
        spilled = List.copyOf(spilled);
    }
}
