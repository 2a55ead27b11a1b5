package dev.confiture.migration;

import dev.confiture.capture.Drain;
import dev.confiture.capture.WalBudget;
import dev.confiture.change.Due;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import dev.confiture.progress.ThreadEnd;
import java.time.Duration;

/**
 * While something else takes its time (the copy, an index build), takes in what the application
 * changes and keeps the keys in the ledger, so that the source's log does not pile up.
 */
final class ChangeKeeper implements AutoCloseable {
    /** Long enough for rows that change over and over to be kept once for many changes. */
    private static final Duration PACE = Duration.ofSeconds(2);

    private final Drain drain;
    private final WalBudget budget;
    private final Session source;
    private final CaptureLedger ledger;
    private final StopSignal stop;
    private final StopSignal enough = new StopSignal();
    private final Thread thread;

    private ChangeKeeper(
            Drain drain, WalBudget budget, Session source, CaptureLedger ledger, StopSignal stop) {
        this.drain = drain;
        this.budget = budget;
        this.source = source;
        this.ledger = ledger;
        this.stop = stop;
        this.thread = Thread.ofPlatform().name("confiture-keeper").daemon().unstarted(this::run);
    }

    /**
     * Begins.
     *
     * @param source a session for the keeper alone, outside a transaction
     * @param ledger through a session for the keeper alone
     * @param stop is told if the keeper fails, so that whatever it runs beside stops too
     */
    static ChangeKeeper start(
            Drain drain, WalBudget budget, Session source, CaptureLedger ledger, StopSignal stop) {
        ChangeKeeper keeper = new ChangeKeeper(drain, budget, source, ledger, stop);
        keeper.thread.start();
        return keeper;
    }

    private void run() {
        try {
            do {
                keep();
            } while (!enough.await(PACE));
        } catch (RuntimeException failure) {
            stop.fail(failure);
        } catch (Error failure) {
            stop.fail(new IllegalStateException(failure));
        }
    }

    private void keep() {
        budget.check(source);
        String snapshot = source.queryOne("SELECT pg_current_snapshot()::text", row -> row.text(1));
        Due due = drain.upTo(TransactionSnapshot.parse(snapshot), stop);
        ledger.keep(due);
        drain.confirm(due.position());
    }

    /** Ends after the round that is under way. */
    @Override
    public void close() {
        enough.request();
        ThreadEnd.awaitUninterruptibly(thread);
    }
}
