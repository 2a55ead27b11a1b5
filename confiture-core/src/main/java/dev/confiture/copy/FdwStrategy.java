package dev.confiture.copy;

import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.postgres.Session;

/**
 * The target server reads the foreign table and evaluates the mapping's SELECT itself. postgres_fdw
 * opens a snapshot of its own for every transaction and cannot be given one.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/postgres-fdw.html#POSTGRES-FDW-TRANSACTION-MANAGEMENT">
 *     postgres_fdw, transaction management</a>
 */
final class FdwStrategy implements ChunkCopier {
    private final Derivation derivation;

    FdwStrategy(Derivation derivation) {
        this.derivation = derivation;
    }

    @Override
    public Copied copy(Chunk chunk, Session source, Session target) {
        if (derivation.holdsOwnSql()) {
            target.execute(MappingPath.statement(Evaluation.TARGET));
        }
        long rows =
                target.execute(
                        "INSERT INTO "
                                + derivation.target().quoted()
                                + " "
                                + derivation.targetColumns()
                                // An identity column GENERATED ALWAYS refuses values without it.
                                + " OVERRIDING SYSTEM VALUE "
                                + derivation.selectOnTarget(chunk.relation(), chunk.condition()));
        return new Copied(rows, 0, "fdw " + chunk.entry() + "/" + chunk.number());
    }
}
