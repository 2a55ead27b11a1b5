package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.change.ChangedKeys;

/**
 * Changed keys that count in {@link KeyMemory} for as long as they are held. Used by one thread at
 * a time.
 */
final class WeighedKeys {
    /** A key that is not longer weighs 1. */
    private static final int COMMON_BYTES = 24;

    /** What there is besides the keys: some hundred bytes. */
    private static final long OWN_WEIGHT = 16;

    private final KeyMemory memory;
    private ChangedKeys keys = new ChangedKeys();
    private long weight;

    WeighedKeys(KeyMemory memory) {
        this.memory = memory;
        weigh();
    }

    void add(TableName table, String key) {
        keys.add(table, key);
        weigh();
    }

    void addWhole(TableName table) {
        keys.addWhole(table);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Moves the rows that are named to the spill if that makes the room that is needed. */
    boolean spillIfFull(int xid) {
        if (!memory.isFullOf(weight)) {
            return false;
        }
        memory.spill(xid, keys);
        keys.clearRows();
        weigh();
        return true;
    }

    /** Adds these to others, and no longer holds any. */
    void moveTo(WeighedKeys others) {
        others.keys.addAll(handOut());
        others.weigh();
    }

    /** The keys, which no longer count. */
    ChangedKeys handOut() {
        ChangedKeys all = keys;
        keys = new ChangedKeys();
        memory.take(-weight);
        weight = 0;
        return all;
    }

    private void weigh() {
        long more = keys.textBytes() - (long) COMMON_BYTES * keys.size();
        long now = OWN_WEIGHT + keys.size() + Math.max(0, more) / COMMON_BYTES;
        memory.take(now - weight);
        weight = now;
    }
}
