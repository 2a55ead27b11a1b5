package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.postgres.Database;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<TableName, List<RemovedObject>> byTable = new LinkedHashMap<>();
        List<RemovedObject> wholes = new ArrayList<>();
        for (RemovedObject index : ledger.removedObjects().all()) {
            if (index.kind() != Kind.INDEX) {
                continue;
            }
            if (isMadeOfOthers(index)) {
                wholes.add(index);
            } else {
                byTable.computeIfAbsent(index.table(), any -> new ArrayList<>()).add(index);
            }
        }
        restore(byTable.values());
        if (!wholes.isEmpty()) {
            restore(List.of(wholes));
        }
    }

    /** An index of a partitioned table is put together from those of its partitions. */
    private static boolean isMadeOfOthers(RemovedObject index) {
        return index.restoreStatements().stream()
                .anyMatch(statement -> statement.contains(" ATTACH PARTITION "));
    }

    private void restore(Collection<List<RemovedObject>> groups) {
        new TableWorkers(target, "indexes")
                .forEach(
                        groups,
                        (session, some) ->
                                new ObjectRestoration(
                                                session, ledger.through(session), listener, stop)
                                        .restore(some));
    }
}
