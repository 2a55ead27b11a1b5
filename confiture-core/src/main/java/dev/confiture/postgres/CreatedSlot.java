package dev.confiture.postgres;

import dev.confiture.change.Lsn;

/**
 * What the server says of a new replication slot.
 *
 * @param consistentPoint the slot's stream holds every transaction that commits at or after it
 * @param snapshot the name under which another session may import the snapshot of that moment
 */
public record CreatedSlot(Lsn consistentPoint, String snapshot) {}
