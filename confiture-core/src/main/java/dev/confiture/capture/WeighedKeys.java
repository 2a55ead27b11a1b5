package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.change.ChangedKeys;

/**
 * Changed keys that count in {@link KeyMemory} for as long as they are held. Used by one thread at
 * a time.
 */
final class WeighedKeys {
    /** A key of fewer characters than this weighs 1. */
    private static final int CHARACTERS_PER_WEIGHT = 24;

    /** What there is besides the keys: some hundred bytes. */
    private static final long OWN_WEIGHT = 16;

    private final KeyMemory memory;
    private ChangedKeys keys = new ChangedKeys();
    private long weight;

    WeighedKeys(KeyMemory memory) {
        this.memory = memory;
        take(OWN_WEIGHT);
    }

    void add(TableName table, String key) {
        int before = keys.size();
        keys.add(table, key);
        if (keys.size() > before) {
            take(1L + key.length() / CHARACTERS_PER_WEIGHT);
        }
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
        release();
        take(OWN_WEIGHT);
        return true;
    }

    /** Adds these to others, and no longer holds any. */
    void moveTo(WeighedKeys others) {
        ChangedKeys moved = handOut();
        moved.byTable().forEach((table, texts) -> texts.forEach(text -> others.add(table, text)));
        moved.wholeTables().forEach(others::addWhole);
    }

    /** The keys, which no longer count. */
    ChangedKeys handOut() {
        ChangedKeys all = keys;
        keys = new ChangedKeys();
        release();
        return all;
    }

    private void take(long more) {
        weight += more;
        memory.take(more);
    }

    private void release() {
        memory.take(-weight);
        weight = 0;
    }
}
