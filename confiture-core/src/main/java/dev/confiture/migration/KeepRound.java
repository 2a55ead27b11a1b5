package dev.confiture.migration;

import dev.confiture.capture.WalBudget;
import dev.confiture.change.Due;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;

/**
 * Keeps in the ledger what has changed since the last round.
 *
 * @param intake which does not rest
 * @param source a session for these rounds alone, outside a transaction
 * @param ledger through a session for these rounds alone
 */
record KeepRound(
        Intake intake, WalBudget budget, Session source, CaptureLedger ledger, StopSignal stop)
        implements Runnable {
    @Override
    public void run() {
        budget.check(source);
        keep();
    }

    void keep() {
        String snapshot = source.queryOne("SELECT pg_current_snapshot()::text", row -> row.text(1));
        Due due = intake.drain().upTo(TransactionSnapshot.parse(snapshot), stop);
        ledger.keep(due);
        intake.drain().confirm(due.position());
    }
}
