package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.cutover.HookCall;
import dev.confiture.cutover.PreflightItem;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.environment.Hooks.Moment;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.identity.CaptureTables;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.ledger.SwitchoverRecord.Step;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.migration.CutoverRequest.Afterwards;
import dev.confiture.migration.CutoverRequest.Extent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code cutover}: from the first look to the hooks; what fails is undone. */
public final class CutoverPhase {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;
    private final Consumer<String> stepEnded;

    public CutoverPhase(
            EnvironmentLoader environments, ProgressListener listener, StopSignal stop) {
        this(environments, listener, stop, step -> {});
    }

    /**
     * @param stepEnded see {@link PauseSteps}
     */
    CutoverPhase(
            EnvironmentLoader environments,
            ProgressListener listener,
            StopSignal stop,
            Consumer<String> stepEnded) {
        this.stepEnded = stepEnded;
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * @throws ConfitureException {@link ErrorCode#CUTOVER_ABORTED} if it was given up: then the
     *     application writes where it wrote before
     */
    public CutoverReport run(String targetReference, CutoverRequest request) {
        RuntimeException failure;
        List<PreflightItem> preflight = new ArrayList<>();
        Rehearsal rehearsal = new Rehearsal();
        try (Attachment attachment = Attachment.to(environments, targetReference, "cutover")) {
            ControllerLock.take(attachment.control());
            Optional<SwitchoverRecord> found = Settlement.run(attachment, listener);
            if (found.isPresent() && found.get().decided()) {
                return completed(attachment);
            }
            mustBeFollowing(attachment);
            Attachment.Catalogs catalogs = attachment.catalogs();
            ResolvedMapping mapping = Mappings.stored(attachment, catalogs);
            Optional<WayBackPlan> wayBack =
                    request.afterwards() == Afterwards.LEAVE
                            ? Optional.empty()
                            : Optional.of(Mappings.wayBack(mapping, attachment, catalogs));
            preflight.addAll(new CutoverPreflight(attachment, mapping, request).items(wayBack));
            CutoverReport looked =
                    new CutoverReport(
                            "dry run", home(attachment), preflight, null, List.of(), List.of());
            if (request.extent() == Extent.DRY_RUN) {
                return looked;
            }
            refuse(looked);
            callBefore(attachment);
            Optional<CutoverReport> done =
                    switchOver(
                            attachment, catalogs, mapping, wayBack, request, preflight, rehearsal);
            if (done.isPresent()) {
                return done.get();
            }
            failure = rehearsal;
        } catch (Started started) {
            failure = started.cause();
        }
        return settle(targetReference, preflight, rehearsal, failure);
    }

    private Optional<CutoverReport> switchOver(
            Attachment attachment,
            Attachment.Catalogs catalogs,
            ResolvedMapping mapping,
            Optional<WayBackPlan> wayBack,
            CutoverRequest request,
            List<PreflightItem> preflight,
            Rehearsal rehearsal) {
        Run run =
                new Run(
                        attachment,
                        catalogs,
                        Ledger.takeOver(attachment.control()),
                        listener,
                        stop,
                        new StepClock(listener));
        Switchover switchover =
                new Switchover(
                        run,
                        mapping,
                        Sides.of(attachment, Direction.FORWARD),
                        tables(mapping),
                        request,
                        wayBack,
                        stepEnded);
        Completion completion;
        try {
            Optional<Completion> decided = switchover.run();
            rehearsal.steps = switchover.steps();
            rehearsal.pause = switchover.pauseMilliseconds();
            rehearsal.home = home(attachment);
            if (decided.isEmpty()) {
                return Optional.empty();
            }
            completion = decided.get();
        } catch (RuntimeException failure) {
            throw new Started(failure);
        }
        List<String> remarks = completion.finish(switchover.steps());
        completion
                .hookFailure()
                .ifPresent(
                        failure -> {
                            throw failure;
                        });
        return Optional.of(
                new CutoverReport(
                        "done",
                        home(attachment),
                        preflight,
                        switchover.pauseMilliseconds(),
                        switchover.steps(),
                        remarks));
    }

    static Sides.Tables tables(ResolvedMapping mapping) {
        List<TableName> from =
                CaptureTables.of(mapping.derivations()).stream().map(CapturedTable::table).toList();
        List<TableName> to =
                mapping.derivations().stream().map(Derivation::target).distinct().sorted().toList();
        return new Sides.Tables(from, to);
    }

    private static void mustBeFollowing(Attachment attachment) {
        Phase phase = Ledger.read(attachment.control()).phase();
        if (phase == Phase.FOLLOWING) {
            return;
        }
        throw new ConfitureException(
                ErrorCode.WRONG_PHASE,
                phase == Phase.CUT_OVER
                        ? "this migration is cut over already"
                        : "there is nothing to cut over yet (phase: " + phase.label() + ")",
                phase == Phase.CUT_OVER
                        ? "`confiture s2s status` shows when; `confiture s2s cleanup` removes"
                                + " Confiture's traces."
                        : "Run `confiture s2s migrate` first; it copies the rows and catches up."
                                + " Only a live migration can be cut over.");
    }

    private static void refuse(CutoverReport looked) {
        if (looked.ready()) {
            return;
        }
        List<PreflightItem> blockers =
                looked.preflight().stream().filter(PreflightItem::blocks).toList();
        throw new ConfitureException(
                ErrorCode.CUTOVER_ABORTED,
                "the cutover did not begin: "
                        + blockers.stream()
                                .map(item -> item.check() + ": " + item.found())
                                .collect(Collectors.joining("; ")),
                blockers.stream().map(PreflightItem::remedy).collect(Collectors.joining("\n")));
    }

    private void callBefore(Attachment attachment) {
        call(attachment, Moment.BEFORE_CUTOVER, Map.of())
                .ifPresent(
                        failure -> {
                            throw new ConfitureException(
                                    ErrorCode.CUTOVER_ABORTED,
                                    "the cutover did not begin: " + failure.getMessage(),
                                    failure.hint(),
                                    failure);
                        });
    }

    private Optional<ConfitureException> call(
            Attachment attachment, Moment moment, Map<String, String> figures) {
        Map<String, String> all = Sides.of(attachment, Direction.FORWARD).figures();
        all.put("phase", Ledger.read(attachment.control()).phase().label());
        all.putAll(figures);
        return new HookCall(attachment.hooks(), listener).at(moment, all);
    }

    /** Looks at what became of a switchover that failed, as the next command would. */
    private CutoverReport settle(
            String targetReference,
            List<PreflightItem> preflight,
            Rehearsal rehearsal,
            RuntimeException failure) {
        boolean decided;
        try (Attachment attachment = Attachment.to(environments, targetReference, "cutover")) {
            ControllerLock.take(attachment.control());
            decided = Settlement.run(attachment, listener).isPresent() && isDecided(attachment);
            if (decided) {
                return completed(attachment);
            }
        } catch (RuntimeException second) {
            throw unsettled(failure, second);
        }
        if (failure == rehearsal) {
            return new CutoverReport(
                    "rehearsed",
                    rehearsal.home,
                    preflight,
                    rehearsal.pause,
                    rehearsal.steps,
                    List.of("everything was let go again; nothing is left behind"));
        }
        throw givenUp(failure);
    }

    private static boolean isDecided(Attachment attachment) {
        return SwitchoverLedger.last(attachment.control())
                .map(SwitchoverRecord::decided)
                .orElse(false);
    }

    private static CutoverReport completed(Attachment attachment) {
        int number =
                SwitchoverLedger.last(attachment.control()).map(SwitchoverRecord::number).orElse(0);
        return new CutoverReport(
                "done",
                home(attachment),
                List.of(),
                null,
                SwitchoverLedger.steps(attachment.control(), number),
                List.of("a cutover that was interrupted after its decision was completed"));
    }

    private static String home(Attachment attachment) {
        return attachment.ends().target().address().display();
    }

    private static RuntimeException givenUp(RuntimeException failure) {
        if (failure instanceof ConfitureException known) {
            boolean own =
                    known.code() == ErrorCode.CUTOVER_ABORTED
                            || known.code() == ErrorCode.INTERRUPTED;
            return own
                    ? known
                    : new ConfitureException(
                            ErrorCode.CUTOVER_ABORTED,
                            "the cutover was given up, and nothing was changed: "
                                    + known.getMessage(),
                            known.hint(),
                            known);
        }
        return failure;
    }

    private static ConfitureException unsettled(RuntimeException failure, RuntimeException second) {
        ConfitureException unsettled =
                new ConfitureException(
                        second instanceof ConfitureException known
                                ? known.code()
                                : ErrorCode.INTERNAL,
                        "the cutover failed, and could not be undone yet: "
                                + failure.getMessage()
                                + "; "
                                + second.getMessage(),
                        "The source may refuse writes until then. As soon as both databases can be"
                                + " reached, run any Confiture command on this target, such as"
                                + " `confiture s2s cutover --dry-run`: it ends what was begun.",
                        failure);
        unsettled.addSuppressed(second);
        return unsettled;
    }

    /** What was measured; nothing went wrong. */
    private static final class Rehearsal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private transient List<Step> steps = List.of();
        private transient @Nullable Double pause;
        private transient String home = "";
    }

    /** A failure after something was made. */
    private static final class Started extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException cause;

        Started(RuntimeException cause) {
            super(cause);
            this.cause = cause;
        }

        RuntimeException cause() {
            return cause;
        }
    }
}
