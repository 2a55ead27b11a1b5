package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.mapping.Strategy;

/**
 * What the ledger knows of one entry's copy.
 *
 * @param selectText the mapping's SELECT with which the copy was begun; another text is another
 *     mapping
 * @param storage which files the source's rows lay in when the chunks were planned; a rewrite of
 *     the table (VACUUM FULL, CLUSTER) makes another, and its ctid ranges worthless
 * @param estimatedRows the planner's estimate, or -1
 */
public record EntryRecord(
        String entry,
        TableName source,
        TableName target,
        String selectText,
        Strategy strategy,
        String reason,
        long estimatedRows,
        String storage,
        int chunks,
        int chunksDone,
        long rows,
        long bytes,
        long milliseconds) {
    public boolean complete() {
        return chunks == chunksDone;
    }
}
