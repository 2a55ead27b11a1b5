/**
 * From the source's log to the rows that were changed: the stream of a replication slot, cut into
 * transactions of changed keys, and those that a snapshot sees handed out. Values of rows are not
 * read but for the keys. What the source keeps for us is here too: the publication and the slot.
 * Start at {@link dev.confiture.capture.Drain}.
 */
@NullMarked
package dev.confiture.capture;

import org.jspecify.annotations.NullMarked;
