package dev.confiture.copy;

import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.List;

/**
 * Brings the indexes back, those of several tables at a time. The indexes of one table come one
 * after the other: its key takes the table for itself, and a large index is built by several
 * processes of the server anyway.
 */
public final class IndexRebuild {
    private final Database target;
    private final Ledger ledger;
    private final ProgressListener listener;
    private final StopSignal stop;

    public IndexRebuild(
            Database target, Ledger ledger, ProgressListener listener, StopSignal stop) {
        this.target = target;
        this.ledger = ledger;
        this.listener = listener;
        this.stop = stop;
    }

    /** Restores all indexes that are not back yet. */
    public void run() {
        List<RemovedObject> indexes = ledger.removedObjects().all(Kind.INDEX);
        List<RemovedObject> wholes = indexes.stream().filter(IndexRebuild::isMadeOfOthers).toList();
        TableWorkers workers = new TableWorkers(target, "indexes");
        workers.forEachTable(
                indexes.stream().filter(index -> !isMadeOfOthers(index)).toList(), this::restore);
        if (!wholes.isEmpty()) {
            workers.forEach(List.of(wholes), this::restore);
        }
    }

    /** An index of a partitioned table is put together from those of its partitions. */
    private static boolean isMadeOfOthers(RemovedObject index) {
        return index.restoreStatements().stream()
                .anyMatch(statement -> statement.contains(" ATTACH PARTITION "));
    }

    private void restore(Session session, List<RemovedObject> some) {
        new ObjectRestoration(session, ledger.through(session), listener, stop).restore(some);
    }
}
