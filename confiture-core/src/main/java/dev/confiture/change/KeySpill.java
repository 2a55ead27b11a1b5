package dev.confiture.change;

/**
 * Where the keys of transactions go that are too large to be held in memory. It is emptied when a
 * run begins: whatever was not confirmed, the source sends again.
 */
public interface KeySpill {
    /**
     * Takes the rows that are named (not the tables as a whole); durable as long as the run lives.
     *
     * @param xid as the stream gives it
     */
    void keep(int xid, ChangedKeys keys);
}
