package dev.confiture.migration;

import dev.confiture.ledger.VerifyLedger;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import dev.confiture.verify.ComparedTable;
import dev.confiture.verify.OnDifference;
import dev.confiture.verify.SliceComparison;
import dev.confiture.verify.TableWalk;
import dev.confiture.verify.VerifyProgress;
import dev.confiture.verify.VerifyScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares some chunks at the end of every hop, when both sides have to be equal, until all are
 * compared: neither side holds a snapshot for longer than a hop and these chunks take. What is
 * changed between its chunk and the end is compared once more, at the last hop. A verify of
 * everything notes in the ledger how far it has come, in the hop's transaction.
 */
final class LiveVerification implements Boundary {
    private static final Duration AT_ONE_HOP = Duration.ofSeconds(1);

    /** Past so many keys the changed rows are compared before more chunks are. */
    private static final long MOST_UNVERIFIED = 100_000;

    private final List<TableWalk> walks = new ArrayList<>();
    private final ChangedRowsProof changedRows;
    private final VerifyLedger ledger;
    private final VerifyScope scope;
    private final VerifyProgress progress;
    private final StopSignal stop;
    private boolean differs;
    private boolean done;

    /**
     * @param ledger through the session of the hops' transactions
     */
    LiveVerification(
            List<ComparedTable> tables,
            VerifyScope scope,
            ChangedRowsProof changedRows,
            VerifyLedger ledger,
            VerifyProgress progress,
            StopSignal stop) {
        this.changedRows = changedRows;
        this.ledger = ledger;
        this.scope = scope;
        this.progress = progress;
        this.stop = stop;
        for (ComparedTable table : tables) {
            walks.add(
                    ledger.progress(table.target().name())
                            .filter(_ -> scope.isComplete())
                            .map(known -> new TableWalk(table, scope.thoroughness(), known))
                            .orElseGet(() -> new TableWalk(table, scope.thoroughness())));
        }
    }

    @Override
    public void at(Session source, Session target) {
        long began = System.nanoTime();
        SliceComparison comparison =
                SliceComparison.atBoundary(source, target, scope.onDifference(), stop);
        if (scope.isComplete() && !differs) {
            keepUp(source, target);
        }
        for (TableWalk walk : walks) {
            while (!walk.isDone()) {
                if (System.nanoTime() - began > AT_ONE_HOP.toNanos()) {
                    return;
                }
                stop.check();
                step(walk, comparison, target);
            }
        }
        finish(source, target);
    }

    /** Compares what was changed meanwhile before it becomes too much; or begins anew if it did. */
    private void keepUp(Session source, Session target) {
        Optional<Long> changed = ledger.changedKeys();
        if (changed.isEmpty()) {
            ledger.beginAnew();
            walks.replaceAll(walk -> new TableWalk(walk.table(), scope.thoroughness()));
        } else if (changed.get() > MOST_UNVERIFIED) {
            compareChangedRows(source, target);
        }
    }

    private void step(TableWalk walk, SliceComparison comparison, Session target) {
        progress.compared(walk.table(), walk.step(comparison, target));
        // What is repaired is equal from this moment on, and so counts as any other row.
        boolean wrong =
                scope.onDifference() == OnDifference.REPORT && !walk.differences().isEmpty();
        if (wrong && !differs) {
            differs = true;
            ledger.foundDifference();
        }
        if (scope.isComplete() && !differs) {
            ledger.store(walk.table().target().name(), walk.progress());
        }
    }

    private void finish(Session source, Session target) {
        if (scope.isComplete() && !differs) {
            compareChangedRows(source, target);
        }
        done = true;
    }

    private void compareChangedRows(Session source, Session target) {
        changedRows.at(source, target);
        for (TableWalk walk : walks) {
            var found = changedRows.differences().get(walk.table().target().name());
            if (found != null) {
                walk.differences().add(found);
                differs = true;
            }
        }
    }

    /** Whether all rows of everything were found equal, or made so. */
    boolean isGreen() {
        return done && scope.isComplete() && !differs;
    }

    boolean isDone() {
        return done;
    }

    List<TableWalk> walks() {
        return walks;
    }
}
