package dev.confiture.copy;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.copy.RehearsalStage.Sample;
import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How long the rows and the indexes of an entry will take, told by doing some of it on these very
 * servers: parts from all over the table are copied as {@code migrate} copies them, by as many
 * workers at a time, into tables that nobody sees and that are rolled back.
 */
public final class Rehearsal {
    /** What all entries may take together, in milliseconds: large tables more of it. */
    private static final long ALL = 60_000;

    private static final long LEAST = 200;
    private static final long MOST = 2_000;

    /** A small part of what the copy will take: it should not be there before the rehearsal is. */
    private static final long BYTES_PER_MILLISECOND = 1L << 20;

    /** Enough to be spread well over a table, few enough to be planned in no time. */
    private static final long PARTS = 256;

    private final Ends ends;
    private final Catalog sourceCatalog;
    private final Catalog targetCatalog;
    private final long allBytes;

    /**
     * @param entries all that are going to be rehearsed
     */
    public Rehearsal(
            Ends ends,
            Catalog sourceCatalog,
            Catalog targetCatalog,
            Collection<Derivation> entries) {
        this.ends = ends;
        this.sourceCatalog = sourceCatalog;
        this.targetCatalog = targetCatalog;
        this.allBytes = entries.stream().mapToLong(entry -> source(entry).bytes()).sum();
    }

    private Table source(Derivation entry) {
        return sourceCatalog.require(entry.source());
    }

    /**
     * The time of an entry that is copied alone, until its indexes are there. Empty for a small
     * table, for a query that cannot be read in parts, and if a row does not fit its new table.
     */
    public Optional<Duration> estimate(Derivation entry, Strategy strategy) {
        if (StrategyChoice.isSmall(source(entry)) || !entry.query().followsTheDrivingTable()) {
            return Optional.empty();
        }
        try {
            return Optional.of(rehearse(entry, strategy));
        } catch (SqlFailure failure) {
            if (!failure.isAboutRows()) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    private Duration rehearse(Derivation entry, Strategy strategy) {
        List<Chunk> parts = spread(parts(entry, strategy));
        Duration time = time(entry);
        double whole = parts.stream().mapToDouble(RehearsalStage::weight).sum();
        Duration rows = copyAtOnce(entry, strategy, parts, time, whole);
        return rows.plus(buildIndexes(entry, strategy, parts, time, whole));
    }

    private List<Chunk> parts(Derivation entry, Strategy strategy) {
        Table table = source(entry);
        try (Session session = ends.source().open("rehearsal")) {
            return new ChunkPlanner(ChunkSize.inParts(table.bytes(), PARTS))
                    .plan(session, entry, table, strategy)
                    .chunks();
        }
    }

    /** In an order in which the first ones, however many, lie all over the table. */
    private static List<Chunk> spread(List<Chunk> parts) {
        return parts.stream()
                .sorted(
                        (one, other) ->
                                Integer.compareUnsigned(
                                        Integer.reverse(one.number()),
                                        Integer.reverse(other.number())))
                .toList();
    }

    private Duration time(Derivation entry) {
        long bytes = source(entry).bytes();
        long share = ALL * bytes / Math.max(1, allBytes);
        return Duration.ofMillis(
                Math.clamp(Math.min(share, bytes / BYTES_PER_MILLISECOND), LEAST, MOST));
    }

    private Duration copyAtOnce(
            Derivation entry, Strategy strategy, List<Chunk> parts, Duration time, double whole) {
        Queue<Chunk> queue = new ConcurrentLinkedQueue<>(parts);
        Queue<Sample> samples = new ConcurrentLinkedQueue<>();
        Workers.run(
                Math.min(parts.size(), ParallelCopy.fittingWorkers()),
                () -> stage(entry, strategy).play(it -> samples.add(it.copy(queue, time))));
        double perSecond = samples.stream().mapToDouble(Sample::weightPerSecond).sum();
        return Duration.ofMillis(Math.round(1000 * whole / perSecond));
    }

    private Duration buildIndexes(
            Derivation entry, Strategy strategy, List<Chunk> parts, Duration time, double whole) {
        Queue<Chunk> queue = new ConcurrentLinkedQueue<>(parts);
        return stage(entry, strategy)
                .play(
                        stage -> {
                            stage.copy(queue, time);
                            return stage.buildIndexes(whole);
                        });
    }

    private RehearsalStage stage(Derivation entry, Strategy strategy) {
        return new RehearsalStage(ends, entry, strategy, targetCatalog.require(entry.target()));
    }
}
