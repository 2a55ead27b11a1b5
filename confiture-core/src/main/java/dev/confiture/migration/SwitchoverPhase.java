package dev.confiture.migration;

import dev.confiture.cutover.HookCall;
import dev.confiture.cutover.PreflightItem;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.environment.Hooks.Moment;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.migration.CutoverRequest.Extent;
import dev.confiture.migration.Settlement.Settled;
import dev.confiture.postgres.Ends;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code cutover} and {@code rollback}: from the first look to the hooks; what fails is undone.
 * What the two directions have of their own is in their {@link SwitchoverPlan}.
 */
public final class SwitchoverPhase {
    private final Direction direction;
    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;
    private final Consumer<String> stepEnded;

    public SwitchoverPhase(
            Direction direction,
            EnvironmentLoader environments,
            ProgressListener listener,
            StopSignal stop) {
        this(direction, environments, listener, stop, step -> {});
    }

    /**
     * @param stepEnded see {@link PauseSteps}
     */
    SwitchoverPhase(
            Direction direction,
            EnvironmentLoader environments,
            ProgressListener listener,
            StopSignal stop,
            Consumer<String> stepEnded) {
        this.direction = direction;
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
        this.stepEnded = stepEnded;
    }

    /**
     * @throws ConfitureException {@link ErrorCode#CUTOVER_ABORTED} if it was given up: then the
     *     application writes where it wrote before
     */
    public CutoverReport run(String targetReference, CutoverRequest request) {
        return switch (attempt(targetReference, request)) {
            case Over over -> over.report();
            case Rehearsed rehearsed -> letGo(targetReference, rehearsed);
            case Failed failed -> recover(targetReference, failed.failure());
        };
    }

    /** How far a try has come; what it leaves to be settled is so by another attachment. */
    private sealed interface Attempt {}

    /** Nothing is left to be done. */
    private record Over(CutoverReport report) implements Attempt {}

    /** What was measured, and is to be undone. */
    private record Rehearsed(CutoverReport report) implements Attempt {}

    /** A failure after something was made. */
    private record Failed(RuntimeException failure) implements Attempt {}

    private Attempt attempt(String targetReference, CutoverRequest request) {
        try (Attachment attachment = attach(targetReference)) {
            Optional<Settled> settled = Settlement.run(attachment, listener);
            refuse(settled.flatMap(Settled::hookFailure));
            Optional<Settled> completed =
                    settled.filter(found -> found.record().decided())
                            .filter(found -> found.record().direction() == direction);
            if (completed.isPresent()) {
                return new Over(report(attachment, completed.get()));
            }
            SwitchoverPlan plan = SwitchoverPlan.of(direction, attachment, request);
            CutoverReport looked =
                    new CutoverReport(
                            "dry run", null, plan.preflight(), null, List.of(), List.of());
            if (request.extent() == Extent.DRY_RUN) {
                return new Over(looked);
            }
            refuse(looked);
            if (direction == Direction.FORWARD) {
                callBefore(attachment);
            }
            return switchOver(attachment, plan, request, looked);
        }
    }

    private Attachment attach(String targetReference) {
        Attachment attachment = Attachment.to(environments, targetReference, direction.command());
        try {
            ControllerLock.take(attachment.control());
            return attachment;
        } catch (RuntimeException | Error failure) {
            attachment.close();
            throw failure;
        }
    }

    private Attempt switchOver(
            Attachment attachment,
            SwitchoverPlan plan,
            CutoverRequest request,
            CutoverReport looked) {
        Run whole =
                new Run(
                        attachment,
                        attachment.catalogs(),
                        Ledger.takeOver(attachment.control()),
                        listener,
                        stop,
                        new StepClock(listener));
        try (Crossing crossing = plan.open(whole)) {
            Switchover switchover = new Switchover(crossing, request, stepEnded);
            Optional<Completion> decided;
            try {
                decided = switchover.run();
            } catch (RuntimeException failure) {
                String slot = crossing.capture().slot();
                return new Failed(
                        plan.inWords(
                                SwitchoverFailure.keepingSlot(direction, request, slot, failure)));
            }
            if (decided.isEmpty()) {
                return new Rehearsed(
                        report(
                                "rehearsed",
                                null,
                                looked,
                                switchover,
                                List.of("everything was let go again; nothing is left behind")));
            }
            Completion completion = decided.get();
            List<String> remarks = finish(completion, switchover.steps());
            refuse(completion.hookFailure());
            return new Over(report("done", home(attachment), looked, switchover, remarks));
        }
    }

    private List<String> finish(Completion completion, List<SwitchoverRecord.Step> steps) {
        try {
            return completion.finish(steps);
        } catch (RuntimeException failure) {
            throw SwitchoverFailure.notCompleted(direction, failure);
        }
    }

    /** Once everything else is done: what the hook was to do is left to be done by hand. */
    private static void refuse(Optional<ConfitureException> hookFailure) {
        hookFailure.ifPresent(
                failure -> {
                    throw failure;
                });
    }

    private static CutoverReport report(
            String kind,
            @Nullable String writesGoTo,
            CutoverReport looked,
            Switchover switchover,
            List<String> remarks) {
        return new CutoverReport(
                kind,
                writesGoTo,
                looked.preflight(),
                switchover.pauseMilliseconds(),
                switchover.steps(),
                remarks);
    }

    private void refuse(CutoverReport looked) {
        if (looked.ready()) {
            return;
        }
        List<PreflightItem> blockers =
                looked.preflight().stream().filter(PreflightItem::blocks).toList();
        throw new ConfitureException(
                ErrorCode.CUTOVER_ABORTED,
                didNotBegin()
                        + blockers.stream()
                                .map(item -> item.check() + ": " + item.found())
                                .collect(Collectors.joining("; ")),
                blockers.stream().map(PreflightItem::remedy).collect(Collectors.joining("\n")));
    }

    private String didNotBegin() {
        return "the " + direction.command() + " did not begin: ";
    }

    private void callBefore(Attachment attachment) {
        call(attachment, Moment.BEFORE_CUTOVER, Map.of())
                .ifPresent(
                        failure -> {
                            throw new ConfitureException(
                                    ErrorCode.CUTOVER_ABORTED,
                                    didNotBegin() + failure.getMessage(),
                                    failure.hint(),
                                    failure);
                        });
    }

    private Optional<ConfitureException> call(
            Attachment attachment, Moment moment, Map<String, String> figures) {
        Map<String, String> all = Sides.of(attachment, direction).figures();
        all.put("phase", Ledger.read(attachment.control()).phase().label());
        all.putAll(figures);
        return new HookCall(attachment.hooks(), listener).at(moment, all);
    }

    private CutoverReport letGo(String targetReference, Rehearsed rehearsed) {
        try (Attachment attachment = attach(targetReference)) {
            List<String> remarks =
                    Settlement.run(attachment, listener).map(Settled::remarks).orElse(List.of());
            return rehearsed.report().with(remarks);
        }
    }

    /** Looks at what became of a switchover that failed, as the next command would. */
    private CutoverReport recover(String targetReference, RuntimeException failure) {
        Optional<CutoverReport> completed;
        Optional<ConfitureException> hookFailure;
        try (Attachment attachment = attach(targetReference)) {
            Optional<Settled> settled =
                    Settlement.run(attachment, listener).filter(found -> found.record().decided());
            completed = settled.map(found -> report(attachment, found));
            hookFailure = settled.flatMap(Settled::hookFailure);
        } catch (RuntimeException second) {
            throw SwitchoverFailure.unsettled(direction, failure, second);
        }
        refuse(hookFailure);
        return completed.orElseThrow(() -> SwitchoverFailure.givenUp(direction, failure));
    }

    private CutoverReport report(Attachment attachment, Settled settled) {
        List<String> remarks = new ArrayList<>();
        remarks.add(
                "a "
                        + direction.command()
                        + " that was interrupted after its decision was completed");
        remarks.addAll(settled.remarks());
        return new CutoverReport(
                "done",
                home(attachment),
                List.of(),
                null,
                SwitchoverLedger.steps(attachment.control(), settled.record().number()),
                remarks);
    }

    private String home(Attachment attachment) {
        Ends ends = attachment.ends();
        return (direction == Direction.FORWARD ? ends.target() : ends.source()).address().display();
    }
}
