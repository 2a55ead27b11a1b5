package dev.confiture.copy;

import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Session;
import java.time.Duration;

/** Measures both ways of copying on the first rows of a table, into a temporary table. */
final class StrategySample {
    private static final int ROWS = 20_000;

    private final Ends ends;
    private final Derivation derivation;
    private final Table sourceTable;
    private final Table targetTable;

    StrategySample(Ends ends, Derivation derivation, Table sourceTable, Table targetTable) {
        this.ends = ends;
        this.derivation = derivation;
        this.sourceTable = sourceTable;
        this.targetTable = targetTable;
    }

    /** How long the sample took. */
    record Timing(Duration took, long rows) {}

    /** The better of two runs: the first one may find nothing in the cache. */
    Timing measure(Strategy strategy) {
        Timing first = measureOnce(strategy);
        Timing second = measureOnce(strategy);
        return first.took().compareTo(second.took()) <= 0 ? first : second;
    }

    /** In sessions of its own: a COPY that fails leaves them broken. */
    private Timing measureOnce(Strategy strategy) {
        try (Session source = ends.source().open("sample");
                Session target = ends.openLinked("sample")) {
            return measureOnce(strategy, source, target);
        }
    }

    private Timing measureOnce(Strategy strategy, Session source, Session target) {
        return target.inTransaction(
                () -> {
                    target.execute(
                            "CREATE TEMPORARY TABLE confiture_sample (LIKE "
                                    + derivation.target().quoted()
                                    + " INCLUDING DEFAULTS INCLUDING GENERATED"
                                    + " INCLUDING IDENTITY) ON COMMIT DROP");
                    long started = System.nanoTime();
                    long rows = copy(strategy, source, target);
                    return new Timing(Duration.ofNanos(System.nanoTime() - started), rows);
                });
    }

    private long copy(Strategy strategy, Session source, Session target) {
        Chunk sample =
                new Chunk(
                        derivation.entry(),
                        0,
                        "(SELECT * FROM " + relation(strategy) + " LIMIT " + ROWS + ")",
                        null);
        Derivation intoSample = derivation.into(new TableName("pg_temp", "confiture_sample"));
        ChunkCopier copier = ChunkCopier.unpaced(strategy, intoSample, targetTable);
        return copier.copy(sample, source, target).rows();
    }

    private String relation(Strategy strategy) {
        return switch (strategy) {
            case COPY -> sourceTable.ownRows();
            case FDW -> ForeignTableName.of(derivation.source()).quoted();
        };
    }
}
