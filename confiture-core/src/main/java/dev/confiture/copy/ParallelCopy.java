package dev.confiture.copy;

import dev.confiture.catalog.Table;
import dev.confiture.copy.ChunkCopier.Copied;
import dev.confiture.ledger.Chunk;
import dev.confiture.ledger.Ledger;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SourceSnapshot;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Copies chunks with several workers. Each worker has one session on either side and takes the next
 * chunk from a common queue; a chunk's rows and its ledger row are one target transaction. The
 * first failure that another attempt does not mend ends the run: the other workers finish the chunk
 * that they are at, since it is whole and kept.
 */
public final class ParallelCopy {
    /** What a worker may need at once for a row of 8 MB, which is 16 MB as text, on its way. */
    private static final long HEAP_PER_WORKER = 40L << 20;

    private final Ends ends;
    private final Ledger ledger;
    private final ProgressListener listener;
    private final StopSignal stop;
    private final ChunkAttempts attempts;
    private final Pacing pacing;
    private final Map<String, Work> works = new HashMap<>();

    /** A copy that has nothing to do yet. */
    public ParallelCopy(
            Ends ends, Ledger ledger, ProgressListener listener, StopSignal stop, Pacing pacing) {
        this.ends = ends;
        this.ledger = ledger;
        this.listener = listener;
        this.stop = stop;
        this.attempts = new ChunkAttempts(listener, stop);
        this.pacing = pacing;
    }

    /** What an entry's chunks need. */
    private record Work(ChunkCopier copier, SourceSnapshot snapshot, FailedChunk diagnosis) {}

    /**
     * Makes an entry's chunks copyable.
     *
     * @param snapshot what COPY reads; FDW has one of its own for every chunk
     */
    public void add(
            Derivation derivation,
            Strategy strategy,
            Table sourceTable,
            Table targetTable,
            SourceSnapshot snapshot) {
        CopyStrategy copy = new CopyStrategy(derivation, targetTable, snapshot, pacing);
        FailedChunk diagnosis = new FailedChunk(ends, snapshot, derivation, copy, sourceTable);
        ChunkCopier copier =
                switch (strategy) {
                    case COPY -> copy;
                    case FDW -> new FdwStrategy(derivation);
                };
        works.put(derivation.entry(), new Work(copier, snapshot, diagnosis));
    }

    /** How many workers this machine has room for. */
    public static int fittingWorkers() {
        Runtime machine = Runtime.getRuntime();
        return Math.clamp(machine.maxMemory() / HEAP_PER_WORKER, 1, machine.availableProcessors());
    }

    /** Copies all the chunks, or throws what stopped the first worker that failed. */
    public void run(List<Chunk> chunks, int workers) {
        Queue<Chunk> queue = new ConcurrentLinkedQueue<>(chunks);
        Workers.run(Math.min(workers, chunks.size()), () -> copyAll(queue));
    }

    private void copyAll(Queue<Chunk> queue) {
        try (SessionPair sessions = new SessionPair(ends)) {
            for (Chunk chunk = queue.poll(); chunk != null; chunk = queue.poll()) {
                stop.check();
                pacing.awaitTurn();
                copy(chunk, sessions);
            }
        } catch (RuntimeException failure) {
            queue.clear();
            throw failure;
        }
    }

    private void copy(Chunk chunk, SessionPair sessions) {
        Work work = Objects.requireNonNull(works.get(chunk.entry()), chunk.entry());
        Copied copied;
        try {
            copied = attempts.run(chunk, () -> copyOrRenew(work, chunk, sessions));
        } catch (SqlFailure failure) {
            throw work.diagnosis.explain(failure, chunk);
        }
        if (copied.bytes() == 0) {
            // The target server has fetched the rows itself, as fast as it could.
            pacing.moved(chunk.bytesEstimated());
        }
        listener.on(new ProgressEvent.ChunkCopied(chunk.entry(), copied.rows(), copied.bytes()));
    }

    private Copied copyOrRenew(Work work, Chunk chunk, SessionPair sessions) {
        try {
            return copyOnce(work, chunk, sessions);
        } catch (SqlFailure failure) {
            if (failure.isPassing()) {
                renew(sessions, failure);
            }
            throw failure;
        }
    }

    /** Without sessions there is no other attempt: what keeps them from being made ends the run. */
    private static void renew(SessionPair sessions, SqlFailure failure) {
        try {
            sessions.renew();
        } catch (RuntimeException second) {
            second.addSuppressed(failure);
            throw second;
        }
    }

    private Copied copyOnce(Work work, Chunk chunk, SessionPair sessions) {
        Session target = sessions.target();
        long started = System.nanoTime();
        return target.inTransaction(
                () -> {
                    Copied rows = work.copier.copy(chunk, sessions.source(), target);
                    work.snapshot.settle(sessions.source());
                    long took = (System.nanoTime() - started) / 1_000_000;
                    ledger.through(target)
                            .copy()
                            .finish(chunk, rows.rows(), rows.bytes(), took, rows.snapshot());
                    return rows;
                });
    }
}
