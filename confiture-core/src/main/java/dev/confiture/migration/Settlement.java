package dev.confiture.migration;

import dev.confiture.cutover.Fence;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.ledger.SwitchoverRecord.Outcome;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
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

    /** Not the command's own signal: undoing is what a stop asks for. */
    private final StopSignal stop = new StopSignal();

    private Settlement(Attachment attachment, ProgressListener listener) {
        this.attachment = attachment;
        this.listener = listener;
    }

    /**
     * What was found in its middle, and is no more.
     *
     * @param record as it was found
     * @param remarks what the user should know
     * @param hookFailure if the hook that sends the application over failed
     */
    record Settled(
            SwitchoverRecord record,
            List<String> remarks,
            Optional<ConfitureException> hookFailure) {}

    /**
     * To be called with the controller's lock.
     *
     * @return what was found in its middle, or empty
     * @throws ConfitureException if it could be neither undone nor completed now: says whether it
     *     was decided
     */
    static Optional<Settled> run(Attachment attachment, ProgressListener listener) {
        Optional<SwitchoverRecord> last = SwitchoverLedger.last(attachment.control());
        Settlement settlement = new Settlement(attachment, listener);
        if (last.isPresent() && !last.get().ended()) {
            return Optional.of(settlement.settle(last.get()));
        }
        last.ifPresent(_ -> settlement.removeOpened());
        return Optional.empty();
    }

    private Settled settle(SwitchoverRecord record) {
        // Before anything else: whoever was at it, and is only asleep, can decide no more.
        Ledger ledger = Ledger.takeOver(attachment.control());
        try {
            return record.decided() ? complete(ledger, record) : undo(ledger, record);
        } catch (RuntimeException failure) {
            throw record.decided()
                    ? SwitchoverFailure.notCompleted(record.direction(), failure)
                    : SwitchoverFailure.notUndone(record.direction(), failure);
        }
    }

    private Settled complete(Ledger ledger, SwitchoverRecord record) {
        warn("an interrupted " + record.direction().command() + " is completed");
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
        List<String> remarks = completion.finish(List.of());
        return new Settled(record, remarks, completion.hookFailure());
    }

    private Settled undo(Ledger ledger, SwitchoverRecord record) {
        Sides sides = Sides.of(attachment, record.direction());
        List<String> remarks = new ArrayList<>();
        try (Session from = sides.from().open("settle")) {
            Fence fence = sides.fence(from);
            fence.endLeftovers();
            // Writers first; what stays of the fence does nothing and can wait.
            fence.open();
            remove(fence).ifPresent(remarks::add);
            if (record.wayBack()) {
                NextCapture.remove(attachment, record.direction().opposite(), stop);
            }
            if (record.direction() == Direction.FORWARD && fence.dropEmptySchema()) {
                listener.on(new ProgressEvent.Detail("schema confiture of the source is gone"));
            }
        }
        if (SwitchoverLedger.lastDecided(attachment.control()).isEmpty()) {
            // Later on this side is the one that was left before, and stays closed.
            try (Session to = sides.to().open("settle")) {
                remove(sides.fence(to)).ifPresent(remarks::add);
            }
        }
        ledger.switchovers().end(record.number(), Outcome.UNDONE);
        remarks.forEach(this::warn);
        return new Settled(record, List.copyOf(remarks), Optional.empty());
    }

    /** Returns what is left of it, for people; it is open in any case. */
    private Optional<String> remove(Fence fence) {
        try {
            fence.remove(Completion.BRIEFLY, stop);
            return Optional.empty();
        } catch (ConfitureException inUse) {
            if (!fence.isLeftOpen()) {
                throw inUse;
            }
            return Optional.of(Completion.leftForLater(inUse));
        }
    }

    /**
     * An opened fence does no harm: whatever keeps us from removing it now, the command goes on.
     */
    private void removeOpened() {
        Sides sides = Sides.of(attachment, Direction.FORWARD);
        try (Session from = sides.from().open("settle");
                Session to = sides.to().open("settle")) {
            for (Session side : List.of(from, to)) {
                Fence fence = sides.fence(side);
                if (fence.isLeftOpen()) {
                    fence.remove(Duration.ZERO, stop);
                    if (side.end() == End.SOURCE) {
                        fence.dropEmptySchema();
                    }
                }
            }
        } catch (ConfitureException failure) {
            listener.on(new ProgressEvent.Detail(failure.getMessage()));
        }
    }

    private void warn(String text) {
        listener.on(new ProgressEvent.Warning(text));
    }
}
