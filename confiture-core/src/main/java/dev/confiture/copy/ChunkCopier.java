package dev.confiture.copy;

import dev.confiture.catalog.Table;
import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.OwnSnapshot;
import dev.confiture.postgres.Session;
import java.util.List;

/** Copies one chunk of an entry, inside a transaction of the target that the caller holds open. */
interface ChunkCopier {
    /**
     * Writes the chunk's rows.
     *
     * @param source a session of the source, outside a transaction
     * @param target a session of the target, inside the chunk's transaction
     */
    Copied copy(Chunk chunk, Session source, Session target);

    /** One that reads whatever is committed when a chunk is begun, as fast as it can. */
    static ChunkCopier unpaced(Strategy strategy, Derivation derivation, Table target) {
        return switch (strategy) {
            case COPY ->
                    new CopyStrategy(
                            derivation,
                            target,
                            new OwnSnapshot(List.of(), source -> {}),
                            Pacing.NONE);
            case FDW -> new FdwStrategy(derivation);
        };
    }

    /**
     * What was copied.
     *
     * @param bytes that went through Confiture; 0 for FDW
     * @param snapshot names the state of the source that the rows were read from
     */
    record Copied(long rows, long bytes, String snapshot) {}
}
