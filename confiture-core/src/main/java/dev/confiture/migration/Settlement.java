package dev.confiture.migration;

import dev.confiture.cutover.Fence;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.ledger.SwitchoverRecord.Outcome;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.List;
import java.util.Optional;

/**
 * Ends a switchover that was left in its middle: before the decision it undoes it, after it
 * completes it. Every command that may change something does this first, and a switchover that
 * fails is ended in the same way.
 */
final class Settlement {
    private final Attachment attachment;
    private final ProgressListener listener;

    private Settlement(Attachment attachment, ProgressListener listener) {
        this.attachment = attachment;
        this.listener = listener;
    }

    /**
     * To be called with the controller's lock.
     *
     * @return what was found in its middle, or empty
     */
    static Optional<SwitchoverRecord> run(Attachment attachment, ProgressListener listener) {
        Optional<SwitchoverRecord> last =
                SwitchoverLedger.last(attachment.control()).filter(one -> !one.ended());
        last.ifPresent(record -> new Settlement(attachment, listener).settle(record));
        return last;
    }

    private void settle(SwitchoverRecord record) {
        // Before anything else: whoever was at it, and is only asleep, can decide no more.
        Ledger ledger = Ledger.takeOver(attachment.control());
        if (record.decided()) {
            listener.on(
                    new ProgressEvent.Warning(
                            "an interrupted " + record.direction().command() + " is completed"));
            complete(ledger, record);
        } else {
            undo(ledger, record);
        }
    }

    private void complete(Ledger ledger, SwitchoverRecord record) {
        Run run =
                new Run(
                        attachment,
                        attachment.catalogs(),
                        ledger,
                        listener,
                        new StopSignal(),
                        new StepClock(listener));
        Completion completion = new Completion(run, record);
        try (Session to = Sides.of(attachment, record.direction()).to().open("settle")) {
            completion.letIn(to);
        }
        completion.finish(List.of());
    }

    private void undo(Ledger ledger, SwitchoverRecord record) {
        // Not the command's own signal: undoing is what a stop asks for.
        StopSignal stop = new StopSignal();
        Sides sides = Sides.of(attachment, record.direction());
        boolean first = SwitchoverLedger.lastDecided(attachment.control()).isEmpty();
        try (Session from = sides.from().open("settle")) {
            Fence.endLeftovers(from);
            Fence.open(from, stop);
            Fence.remove(from, stop);
            if (record.wayBack()) {
                NextCapture.remove(attachment, record.direction().opposite(), stop);
            }
            if (record.direction() == Direction.FORWARD && Fence.dropEmptySchema(from)) {
                listener.on(new ProgressEvent.Detail("schema confiture of the source is gone"));
            }
        }
        if (first) {
            // Later on this side is the one that was left before, and stays closed.
            try (Session to = sides.to().open("settle")) {
                Fence.remove(to, stop);
            }
        }
        ledger.switchovers().end(record.number(), Outcome.UNDONE);
    }
}
