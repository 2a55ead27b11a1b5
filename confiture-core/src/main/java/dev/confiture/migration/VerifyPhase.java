package dev.confiture.migration;

import dev.confiture.analyze.SourceState;
import dev.confiture.catalog.TableName;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.RemovedObjects;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.migration.Attachment.Catalogs;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.verify.ComparedTable;
import dev.confiture.verify.OnDifference;
import dev.confiture.verify.TargetIntegrity;
import dev.confiture.verify.Verification;
import dev.confiture.verify.VerifyProgress;
import dev.confiture.verify.VerifyReport;
import dev.confiture.verify.VerifyScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what was migrated with what the mapping says of the source as it is now. */
public final class VerifyPhase {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;

    public VerifyPhase(EnvironmentLoader environments, ProgressListener listener, StopSignal stop) {
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Reads both sides. In a live migration it hops meanwhile.
     *
     * @param scope what is looked at
     * @param maxWal bytes of WAL that the source of a live migration may keep because of it
     */
    public VerifyReport run(String targetReference, VerifyScope scope, long maxWal) {
        try (Attachment attachment = Attachment.to(environments, targetReference, "verify")) {
            return attachment.sourceState() == SourceState.WRITTEN_TO
                    ? live(attachment, scope, maxWal)
                    : atRest(attachment, scope);
        }
    }

    private VerifyReport atRest(Attachment attachment, VerifyScope scope) {
        if (scope.onDifference() == OnDifference.REPAIR) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "rows of a static migration cannot be repaired one by one",
                    "Stop the writers and copy again: `cleanup`, `setup`, `migrate"
                            + " --truncate-target`.");
        }
        Catalogs catalogs = attachment.catalogs();
        return new Verification(
                        attachment.ends().source(), attachment.ends().target(), listener, stop)
                .run(
                        Mappings.stored(attachment, catalogs),
                        catalogs.source(),
                        catalogs.target(),
                        scope,
                        RemovedObjects.of(attachment.control()));
    }

    private VerifyReport live(Attachment attachment, VerifyScope scope, long maxWal) {
        Session control = attachment.control();
        ControllerLock.take(control);
        Settlement.run(attachment, listener);
        mustHaveCaughtUp(control);
        Catalogs catalogs = attachment.catalogs();
        ResolvedMapping mapping = Mappings.stored(attachment, catalogs);
        Ledger ledger = Ledger.takeOver(control);
        Run run = new Run(attachment, catalogs, ledger, listener, stop, new StepClock(listener));
        List<ComparedTable> tables =
                scope.of(
                        ComparedTable.all(
                                mapping.derivations(), catalogs.source(), catalogs.target()));
        CaptureRecord capture = CaptureStart.takeUp(run, mapping);
        try (LiveEngine engine = LiveEngine.open(run, mapping, capture, maxWal)) {
            return compare(run, engine, tables, scope);
        } catch (ConfitureException failure) {
            throw SlotRelease.after(failure, attachment, capture);
        }
    }

    private VerifyReport compare(
            Run run, LiveEngine engine, List<ComparedTable> tables, VerifyScope scope) {
        if (scope.isComplete()) {
            run.ledger().verification().begin();
        }
        VerifyProgress progress = new VerifyProgress(tables, listener);
        LiveVerification verification = engine.verification(tables, scope, progress);
        while (!verification.isDone()) {
            engine.hop(verification);
        }
        progress.finished();
        List<VerifyReport> report = new ArrayList<>();
        engine.keepChangesDuring(() -> report.add(report(run, verification, tables, scope)));
        // Only now: rows that refer to none, and duplicates, are differences too.
        if (!report.getFirst().agrees()) {
            engine.foundDifference();
        } else if (verification.isGreen()) {
            engine.finishGreen();
        }
        return report.getFirst();
    }

    /** Between two hops the target is what one of the source's snapshots makes it. */
    private VerifyReport report(
            Run run, LiveVerification verification, List<ComparedTable> tables, VerifyScope scope) {
        Set<TableName> names =
                tables.stream().map(table -> table.target().name()).collect(Collectors.toSet());
        try (Session session = run.attachment().ends().openLinked("verify")) {
            TargetIntegrity integrity =
                    new TargetIntegrity(session, run.catalogs().target(), names, listener, stop);
            return session.inSnapshot(
                    () ->
                            new VerifyReport(
                                    true,
                                    scope.isComplete(),
                                    verification.walks().stream()
                                            .map(walk -> walk.result(scope.onDifference()))
                                            .toList(),
                                    integrity.orphans(run.ledger().removedObjects().all()),
                                    integrity.duplicates(),
                                    integrity.sequences(true),
                                    Verification.notes(tables)));
        }
    }

    private static void mustHaveCaughtUp(Session control) {
        Phase phase = Ledger.read(control).phase();
        if (phase == Phase.CUT_OVER) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "the application writes to the new database by now, and verify compares what"
                            + " goes from the old one to the new one",
                    "Verify before a cutover, or after a rollback. What was changed since the"
                            + " cutover is compared by `confiture s2s rollback` itself.");
        }
        if (phase != Phase.FOLLOWING) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "the target has not caught up with the source yet (phase: "
                            + phase.label()
                            + ")",
                    "Run `confiture s2s migrate` first; then verify again.");
        }
    }
}
