package dev.confiture.capture;

import dev.confiture.change.Due;
import dev.confiture.change.Lsn;
import dev.confiture.change.TransactionSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the next {@link Due} is made of. */
final class GatheredKeys {
    private final KeyMemory memory;
    private WeighedKeys keys;
    private Set<Integer> spilled = new LinkedHashSet<>();
    private long transactions;

    GatheredKeys(KeyMemory memory) {
        this.memory = memory;
        this.keys = new WeighedKeys(memory);
    }

    void add(ReceivedTransaction transaction) {
        transactions++;
        if (transaction.place() == ReceivedTransaction.Place.SPILLED) {
            spilled.add(transaction.xid());
        }
        transaction.keys().moveTo(keys);
        // What is gathered is handed out together: it may go by the name of any one of them.
        if (keys.spillIfFull(transaction.xid())) {
            spilled.add(transaction.xid());
        }
    }

    Due handOut(TransactionSnapshot snapshot, Lsn position) {
        Due due =
                new Due(snapshot, keys.handOut(), new ArrayList<>(spilled), transactions, position);
        keys = new WeighedKeys(memory);
        spilled = new LinkedHashSet<>();
        transactions = 0;
        return due;
    }
}
