package dev.confiture.migration;

import dev.confiture.analyze.SourceState;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.hop.HopPlan;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;

/**
 * Keeps the side that the application does not write to in step until it is stopped: the target,
 * and after the cutover the source. When another command wants the migration for itself, it gets it
 * at the end of a hop, and gives it back when it has ended.
 */
public final class FollowPhase {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;

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
            HopLoop loop = new HopLoop(control, maxWal);
            ControllerLock.take(control);
            while (!stop.isRequested()) {
                Settlement.run(attachment, listener);
                follow(attachment, loop);
                if (!stop.isRequested()) {
                    listener.on(new ProgressEvent.Detail("another command takes over for a while"));
                    ControllerLock.handOver(control, stop);
                }
            }
            return loop.report();
        }
    }

    /** In the direction that the phase says, which another command may change in between. */
    private void follow(Attachment attachment, HopLoop loop) {
        if (attachment.sourceState() == SourceState.AT_REST) {
            throw notCaptured();
        }
        Phase phase = Ledger.read(attachment.control()).phase();
        if (phase != Phase.FOLLOWING && phase != Phase.CUT_OVER) {
            throw nothingToFollow(phase);
        }
        Attachment.Catalogs catalogs = attachment.catalogs();
        ResolvedMapping mapping = Mappings.stored(attachment, catalogs);
        Ledger ledger = Ledger.takeOver(attachment.control());
        Run run = new Run(attachment, catalogs, ledger, listener, stop, new StepClock(listener));
        if (phase == Phase.CUT_OVER) {
            new WayBackHops(run, mapping).run(loop);
        } else {
            CaptureRecord capture = CaptureStart.takeUp(run, mapping);
            loop.run(run, mapping, capture, HopPlan.Portion.MANY);
        }
    }

    private static ConfitureException notCaptured() {
        return new ConfitureException(
                ErrorCode.WRONG_PHASE,
                "a static migration has nothing to follow: its source is taken to be at rest",
                "To follow a source that is written to, begin anew: `confiture s2s cleanup`, then"
                        + " `confiture s2s setup` without --static.");
    }

    private static ConfitureException nothingToFollow(Phase phase) {
        return new ConfitureException(
                ErrorCode.WRONG_PHASE,
                "there is nothing to follow yet (phase: " + phase.label() + ")",
                "Run `confiture s2s migrate` first; it copies the rows and catches up.");
    }
}
