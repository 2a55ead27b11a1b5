package dev.confiture.copy;

import dev.confiture.catalog.Table;
import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.CopyFormat;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.postgres.CopyPipe;
import dev.confiture.postgres.CopyPipe.Transfer;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SourceSnapshot;

/** The mapping's SELECT runs on the source and streams into the target's COPY. */
final class CopyStrategy implements ChunkCopier {
    private final Derivation derivation;
    private final SourceSnapshot snapshot;
    private final CopyFormat format;
    private final Pacing pacing;

    CopyStrategy(Derivation derivation, Table target, SourceSnapshot snapshot, Pacing pacing) {
        this.derivation = derivation;
        this.snapshot = snapshot;
        this.pacing = pacing;
        this.format = CopyFormat.of(derivation, target);
    }

    @Override
    public Copied copy(Chunk chunk, Session source, Session target) {
        Transfer moved =
                snapshot.read(
                        source,
                        () -> {
                            if (derivation.holdsOwnSql()) {
                                source.execute(MappingPath.statement(Evaluation.SOURCE));
                            }
                            return pipe(chunk, source, target);
                        });
        return new Copied(moved.rows(), moved.bytes(), snapshot.name());
    }

    private Transfer pipe(Chunk chunk, Session source, Session target) {
        return CopyPipe.run(
                source,
                "COPY ("
                        + derivation.select(chunk.relation(), chunk.condition())
                        + ") TO STDOUT "
                        + format.options(),
                target,
                "COPY "
                        + derivation.target().quoted()
                        + " "
                        + derivation.targetColumns()
                        + " FROM STDIN "
                        + format.options(),
                pacing::moved);
    }
}
