package dev.confiture.migration;

import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.time.Duration;

/**
 * Keeps the target in step until it is stopped. When another command wants the migration for
 * itself, it gets it at the end of a hop, and gives it back when it has ended.
 */
public final class FollowPhase {
    /** While nothing is written the source is asked this often, so that its log can be freed. */
    private static final Duration CALM = Duration.ofSeconds(1);

    /** Changes that come within this time share a hop. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;

    private long hops;
    private long transactions;
    private long rows;

    public FollowPhase(EnvironmentLoader environments, ProgressListener listener, StopSignal stop) {
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Returns when a stop is asked for.
     *
     * @param maxWal bytes of WAL that the source may keep because of us
     */
    public FollowReport run(String targetReference, long maxWal) {
        try (Attachment attachment = Attachment.to(environments, targetReference, "follow")) {
            Session control = attachment.control();
            ControllerLock.take(control);
            while (!stop.isRequested()) {
                mustHaveCaughtUpOnce(control);
                follow(attachment, maxWal);
                if (!stop.isRequested()) {
                    listener.on(new ProgressEvent.Detail("another command takes over for a while"));
                    ControllerLock.handOver(control, stop);
                }
            }
        }
        return new FollowReport(hops, transactions, rows);
    }

    private static void mustHaveCaughtUpOnce(Session control) {
        Phase phase = Ledger.read(control).phase();
        if (phase != Phase.FOLLOWING) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "there is nothing to follow yet (phase: " + phase.label() + ")",
                    "Run `confiture s2s migrate` first; it copies the rows and catches up.");
        }
    }

    /** Hops until a stop is asked for, or another command waits. */
    private void follow(Attachment attachment, long maxWal) {
        Attachment.Catalogs catalogs = attachment.catalogs();
        ResolvedMapping mapping = Mappings.stored(attachment, catalogs);
        Ledger ledger = Ledger.takeOver(attachment.control());
        Run run = new Run(attachment, catalogs, ledger, listener, stop, new StepClock(listener));
        CaptureRecord capture = CaptureStart.ensure(run, mapping);
        try (LiveEngine engine = LiveEngine.open(run, mapping, capture, maxWal)) {
            boolean awaited = false;
            while (!stop.isRequested() && !awaited) {
                HopReport hop = engine.hop();
                count(hop);
                awaited = ControllerLock.isAwaited(attachment.control());
                if (!awaited) {
                    stop.await(hop.transactions() == 0 ? CALM : GATHERING);
                }
            }
        } catch (ConfitureException failure) {
            if (failure.code() != ErrorCode.INTERRUPTED) {
                throw SlotRelease.after(failure, attachment, capture);
            }
        }
    }

    private void count(HopReport hop) {
        hops++;
        transactions += hop.transactions();
        rows += hop.rows();
        if (hop.transactions() > 0) {
            listener.on(new ProgressEvent.Detail("hop: " + hop.display()));
        }
    }
}
