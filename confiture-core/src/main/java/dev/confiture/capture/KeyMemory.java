package dev.confiture.capture;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the memory that is set aside for changed keys is taken: by the transaction that is
 * being received, by those that are finished and by those that wait for a later snapshot.
 * Thread-safe.
 */
final class KeyMemory {
    /** A key of up to this many characters weighs 1. */
    private static final int CHARACTERS_PER_WEIGHT = 100;

    /** Below this part of the bound a transaction that goes on is not worth a trip to the spill. */
    private static final int SMALLEST_SPILL_PARTS = 10;

    private final long bound;
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param bound the number of keys of common length
     */
    KeyMemory(long bound) {
        this.bound = bound;
    }

    static long weightOf(String key) {
        return 1L + key.length() / CHARACTERS_PER_WEIGHT;
    }

    void take(long weight) {
        taken.addAndGet(weight);
    }

    void release(long weight) {
        taken.addAndGet(-weight);
    }

    boolean isFull() {
        return taken.get() > bound;
    }

    /** Whether so many keys of a transaction that goes on should make room. */
    boolean isFullOf(long weight) {
        return isFull() && weight >= bound / SMALLEST_SPILL_PARTS;
    }
}
