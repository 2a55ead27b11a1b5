package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.copy.ObjectRemoval;
import dev.confiture.copy.ObjectRestoration.Violation;
import dev.confiture.cutover.Fence;
import dev.confiture.cutover.HookCall;
import dev.confiture.environment.Hooks.Moment;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.CaptureLedger.BothSides;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.ledger.SwitchoverRecord.Outcome;
import dev.confiture.ledger.SwitchoverRecord.Step;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What comes after the decision. Each part may be done again, so that it can be taken up after a
 * kill; that includes the user's hooks.
 */
final class Completion {
    /**
     * How long the removal of an opened fence may keep us; while it tries, readers may wait too.
     */
    static final Duration BRIEFLY = Duration.ofSeconds(2);

    private final Run run;
    private final Attachment attachment;
    private final Ledger ledger;
    private final SwitchoverRecord record;
    private final ProgressListener listener;
    private final Sides sides;
    private final StopSignal stop = new StopSignal();
    private final List<String> remarks = new ArrayList<>();
    private @Nullable ConfitureException hookFailure;

    Completion(Run run, SwitchoverRecord record) {
        this.run = run.stoppedBy(stop);
        this.attachment = run.attachment();
        this.ledger = run.ledger();
        this.record = record;
        this.listener = run.listener();
        this.sides = Sides.of(attachment, record.direction());
    }

    /**
     * Opens the side that is next for writers and tells the application to go there.
     *
     * @param to a session of the owner of that side's tables
     */
    void letIn(Session to) {
        if (record.direction() == Direction.FORWARD) {
            FinishPhase finish = finishPhase();
            finish.addForeignKeysUnchecked();
            finish.enableTriggers();
        }
        sides.fence(to).open();
        call(
                record.direction() == Direction.FORWARD ? Moment.ON_SWITCH : Moment.ON_ROLLBACK,
                Map.of());
    }

    /**
     * The rest, for which nobody waits.
     *
     * @param steps how long it took so far
     * @return what the user should know
     */
    List<String> finish(List<Step> steps) {
        if (record.wayBack()) {
            NextCapture.beginAt(
                    run,
                    record.direction().opposite(),
                    Objects.requireNonNull(record.position()),
                    compared());
        }
        if (record.direction() == Direction.FORWARD) {
            finishPhase()
                    .addForeignKeysQuietly(Violation.POSTPONES)
                    .forEach(
                            key ->
                                    remarks.add(
                                            key
                                                    + " is NOT VALID: there are rows which refer to"
                                                    + " none; mend them and VALIDATE it"));
        }
        if (record.direction() == Direction.BACK) {
            silenceTarget();
        }
        endCapture();
        tidyUp();
        if (!steps.isEmpty()) {
            ledger.switchovers().keep(record.number(), steps);
        }
        ledger.switchovers().end(record.number(), Outcome.DONE);
        if (record.direction() == Direction.FORWARD) {
            call(Moment.AFTER_CUTOVER, Map.of());
        }
        return List.copyOf(remarks);
    }

    /**
     * What the last hop before the decision has shown, if a verify had gone before it. A rollback
     * shows only that the old rows are what the new ones make of them, which is less than that the
     * new ones are what the old ones make of them.
     */
    private BothSides compared() {
        return record.direction() == Direction.FORWARD
                        && LastVerify.of(attachment.control())
                                .filter(last -> last.changedKeys() == 0)
                                .isPresent()
                ? BothSides.EQUAL
                : BothSides.NOT_COMPARED;
    }

    /**
     * Hops go to the target again, and must set off nothing there. What the role cannot silence is
     * off until the next cutover, as it was before the first.
     */
    private void silenceTarget() {
        TreeSet<TableName> tables = new TreeSet<>();
        ledger.entries().forEach(entry -> tables.add(entry.target()));
        ObjectRemoval removal = new ObjectRemoval(attachment.control(), ledger);
        silenced(removal, tables).forEach(object -> listener.on(new ProgressEvent.Detail(object)));
    }

    private List<String> silenced(ObjectRemoval removal, Set<TableName> tables) {
        try (Session hop = attachment.ends().target().open("switch")) {
            return TriggerSilence.in(hop) == TriggerSilence.REPLICA_ROLE
                    ? removal.silenceReplicated(tables)
                    : removal.silence(tables);
        }
    }

    /** The side that was left is written to no more: nothing there need be kept for us. */
    private void endCapture() {
        NextCapture.remove(attachment, record.direction(), stop);
    }

    /** The fence that was opened does nothing any more; if it is in use just now, it may stay. */
    private void tidyUp() {
        try (Session to = sides.to().open("switch")) {
            Fence fence = sides.fence(to);
            fence.remove(BRIEFLY, stop);
            if (record.direction() == Direction.BACK) {
                fence.dropEmptySchema();
            }
        } catch (ConfitureException busy) {
            remarks.add(leftForLater(busy));
        }
    }

    /** For people, of an opened fence that could not be removed now. */
    static String leftForLater(ConfitureException failure) {
        return failure.getMessage() + "; a later command removes it";
    }

    /** What the user's hooks left to be done by hand, once everything else is done. */
    Optional<ConfitureException> hookFailure() {
        return Optional.ofNullable(hookFailure);
    }

    private void call(Moment moment, Map<String, String> figures) {
        Map<String, String> all = sides.figures();
        all.put("phase", record.direction().after().label());
        all.putAll(figures);
        new HookCall(attachment.hooks(), listener)
                .at(moment, all)
                .ifPresent(
                        failure -> {
                            listener.on(new ProgressEvent.Warning(failure.getMessage()));
                            hookFailure = failure;
                        });
    }

    private FinishPhase finishPhase() {
        return new FinishPhase(run);
    }
}
