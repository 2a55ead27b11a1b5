package dev.confiture.migration;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.hop.HopPlan;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.progress.ProgressEvent;
import java.time.Duration;

/** Hops in one direction, for as long as nobody asks for the migration; counts what they did. */
final class HopLoop {
    /** While nothing is written the source is asked this often, so that its log can be freed. */
    private static final Duration CALM = Duration.ofSeconds(1);

    /** Changes that come within this time share a hop. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final Session control;
    private final long maxWal;

    private long hops;
    private long transactions;
    private long rows;

    /**
     * For both directions.
     *
     * @param control holds the controller's lock
     * @param maxWal bytes of WAL that the side which is read may keep because of us
     */
    HopLoop(Session control, long maxWal) {
        this.control = control;
        this.maxWal = maxWal;
    }

    /** Hops until a stop is asked for, or another command waits. */
    void run(Run run, ResolvedMapping mapping, CaptureRecord capture, HopPlan.Portion first) {
        try {
            while (!mayHop(run, () -> hop(run, mapping, capture, first))) {
                run.stop().pause(CALM);
            }
        } catch (ConfitureException failure) {
            if (failure.code() != ErrorCode.INTERRUPTED) {
                throw SlotRelease.after(failure, run.attachment(), capture);
            }
        }
    }

    /**
     * Whether nobody stood in the way of the hops: a deadlock, or a lock that was not to be had.
     * What was not committed is made again, for as long as the source may keep its log for it.
     */
    private static boolean mayHop(Run run, Runnable hops) {
        try {
            hops.run();
            return true;
        } catch (SqlFailure failure) {
            if (!failure.isPassing()) {
                throw failure;
            }
            run.listener()
                    .on(
                            new ProgressEvent.Warning(
                                    "another session stood in the way of a hop, which is made"
                                            + " again: "
                                            + failure.getMessage()));
            return false;
        }
    }

    private void hop(
            Run run, ResolvedMapping mapping, CaptureRecord capture, HopPlan.Portion first) {
        try (LiveEngine engine = LiveEngine.open(run, mapping, capture, maxWal)) {
            engine.waitBriefly();
            engine.derive(first);
            boolean awaited = false;
            while (!run.stop().isRequested() && !awaited) {
                HopReport hop = engine.hop();
                engine.derive(HopPlan.Portion.MANY);
                count(hop, run);
                awaited = ControllerLock.isAwaited(control);
                if (!awaited) {
                    run.stop().await(hop.transactions() == 0 ? CALM : GATHERING);
                }
            }
        }
    }

    private void count(HopReport hop, Run run) {
        hops++;
        transactions += hop.transactions();
        rows += hop.rows();
        if (hop.transactions() > 0) {
            run.listener().on(new ProgressEvent.Detail("hop: " + hop.display()));
        }
    }

    FollowReport report() {
        return new FollowReport(hops, transactions, rows);
    }
}
