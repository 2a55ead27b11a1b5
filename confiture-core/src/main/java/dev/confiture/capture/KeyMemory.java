package dev.confiture.capture;

import dev.confiture.change.ChangedKeys;
import dev.confiture.change.KeySpill;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that is set aside for changed keys, and where they go when it is full. Thread-safe.
 */
final class KeyMemory {
    /** Fewer keys than this part of the bound are not worth a trip to the spill. */
    private static final int SMALLEST_SPILL_PARTS = 10;

    private final KeySpill spill;
    private final long bound;
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param bound a number of keys of common length
     */
    KeyMemory(KeySpill spill, long bound) {
        this.spill = spill;
        this.bound = bound;
    }

    /**
     * @param weight may be negative
     */
    void take(long weight) {
        taken.addAndGet(weight);
    }

    boolean isFull() {
        return taken.get() > bound;
    }

    /** Whether keys of this weight should make room. */
    boolean isFullOf(long weight) {
        return isFull() && weight > bound / SMALLEST_SPILL_PARTS;
    }

    /**
     * The reader spills a transaction that is too large, a drain what it has gathered: never both
     * at once, since the spill may be one session.
     */
    synchronized void spill(int xid, ChangedKeys keys) {
        spill.keep(xid, keys);
    }
}
