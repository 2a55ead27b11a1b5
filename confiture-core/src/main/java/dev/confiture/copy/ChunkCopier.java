package dev.confiture.copy;

import dev.confiture.ledger.Chunk;
import dev.confiture.postgres.Session;

/** Copies one chunk of an entry, inside a transaction of the target that the caller holds open. */
interface ChunkCopier {
    /**
     * Writes the chunk's rows.
     *
     * @param source a session of the source, outside a transaction
     * @param target a session of the target, inside the chunk's transaction
     */
    Copied copy(Chunk chunk, Session source, Session target);

    /**
     * What was copied.
     *
     * @param bytes that went through Confiture; 0 for FDW
     * @param snapshot names the state of the source that the rows were read from
     */
    record Copied(long rows, long bytes, String snapshot) {}
}
