package dev.confiture.migration;

import dev.confiture.copy.ChunkPlanner;
import dev.confiture.copy.ChunkSize;
import dev.confiture.copy.ObjectRestoration.Violation;
import dev.confiture.copy.StrategyPlan;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.StoredMapping;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.mapping.Strategy;
import dev.confiture.migration.Attachment.Catalogs;
import dev.confiture.migration.MigrateRequest.Intent;
import dev.confiture.migration.MigrateRequest.Start;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.staging.StagingCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs a migration until it is done. Reads the stored phase, does its work, stores the next, and
 * again: a run that was killed is resumed by running it.
 */
public final class Migration {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;

    public Migration(EnvironmentLoader environments, ProgressListener listener, StopSignal stop) {
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
    }

    /** Copies what the request's mapping asks for and is not copied yet. */
    public MigrateReport migrate(String target, MigrateRequest request) {
        try (Attachment attachment = Attachment.to(environments, target, "migrate")) {
            ControllerLock.take(attachment.control());
            Settlement.run(attachment, listener);
            mustNotBeCutOver(attachment);
            Catalogs catalogs = attachment.catalogs();
            StoredMapping text = requested(request, attachment);
            ResolvedMapping mapping =
                    Mappings.resolve(
                            text, Mappings.name(request.file(), text), attachment, catalogs);
            mapping.notes().forEach(note -> warn(note.entry() + ": " + note.text()));
            Blockers.refuse(attachment, catalogs, mapping);
            if (Ledger.read(attachment.control()).mode() == MigrationMode.LIVE) {
                StagingCheck.refuse(mapping.derivations(), catalogs.source());
            }
            CopyHooks hooks = new CopyHooks(attachment, listener);
            if (request.start() == Start.ANEW && request.intent() == Intent.RUN) {
                hooks.before(mapping, catalogs);
                Ledger ledger = Ledger.takeOver(attachment.control());
                Resync.run(attachment, catalogs.target(), ledger, stop);
            }
            CopyPlan plan = CopyPlan.of(attachment, catalogs, mapping, request.strategy());
            if (request.intent() == Intent.DRY_RUN) {
                return dryRun(plan);
            }
            CaptureStart.mustBeCaptured(attachment.control(), mapping);
            if (plan.leavesRowsToCopy()) {
                hooks.before(mapping, catalogs);
            }
            Ledger ledger = Ledger.takeOver(attachment.control());
            boolean complete = isComplete(plan, ledger);
            if (!plan.addsNothing()) {
                plan.store(
                        ledger,
                        text,
                        request.foreignRows(),
                        new ChunkPlanner(ChunkSize.at(request.limits().bytesPerSecond())));
            }
            Run run =
                    new Run(attachment, catalogs, ledger, listener, stop, new StepClock(listener));
            MigrateReport report = report(run, complete, runPhases(run, plan, request));
            if (!complete) {
                hooks.after(plan.mapping());
            }
            return report;
        }
    }

    private static void mustNotBeCutOver(Attachment attachment) {
        if (Ledger.read(attachment.control()).phase() == Phase.CUT_OVER) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "this migration is cut over: the application writes to the target",
                    "There is nothing left to migrate. `confiture s2s rollback` lets it write to"
                            + " the source again, as long as `confiture s2s follow` keeps the"
                            + " source in step; `confiture s2s cleanup` removes Confiture's traces,"
                            + " and that way back with them.");
        }
    }

    /** Nothing to copy, and nothing of what was taken off is still missing. */
    private static boolean isComplete(CopyPlan plan, Ledger ledger) {
        return plan.addsNothing()
                && Set.of(Phase.COPIED, Phase.FOLLOWING).contains(ledger.read().phase())
                && ledger.removedObjects().all().isEmpty();
    }

    /** Returns what the user should know. */
    private List<String> runPhases(Run run, CopyPlan plan, MigrateRequest request) {
        return run.mode() == MigrationMode.LIVE
                ? new LivePhases(run, plan.mapping(), request).run()
                : remarks(run.ledger(), runStaticPhases(run, plan, request));
    }

    private List<String> runStaticPhases(Run run, CopyPlan plan, MigrateRequest request) {
        Ledger ledger = run.ledger();
        if (ledger.read().phase() == Phase.COPIED && !ledger.removedObjects().all().isEmpty()) {
            ledger.advance(Phase.FINISHING);
        }
        List<String> postponed = new ArrayList<>();
        for (Phase phase = ledger.read().phase();
                phase != Phase.COPIED;
                phase = ledger.read().phase()) {
            stop.check();
            switch (phase) {
                case SET_UP -> ledger.advance(Phase.COPYING);
                case COPYING -> new CopyPhase(run).run(plan.mapping().derivations(), request);
                case FINISHING ->
                        postponed.addAll(
                                new FinishPhase(run).run(plan.mapping(), violation(request)));
                case COPIED, FOLLOWING, CUT_OVER -> throw new IllegalStateException("not reached");
            }
        }
        return postponed;
    }

    private StoredMapping requested(MigrateRequest request, Attachment attachment) {
        return request.table() != null
                ? request.table()
                : Mappings.givenOrStored(request.file(), attachment);
    }

    private static Violation violation(MigrateRequest request) {
        return request.whole() ? Violation.FAILS : Violation.POSTPONES;
    }

    private void warn(String text) {
        listener.on(new ProgressEvent.Warning(text));
    }

    private static List<String> remarks(Ledger ledger, List<String> postponed) {
        List<String> remarks = new ArrayList<>();
        postponed.forEach(
                object ->
                        remarks.add(
                                object
                                        + " is NOT VALID: it refers to rows that are not migrated"
                                        + " yet; the next run of migrate validates it"));
        long byFdw =
                ledger.entries().stream().filter(entry -> entry.strategy() == Strategy.FDW).count();
        int snapshots = ledger.copy().snapshots();
        if (byFdw > 0 && snapshots > 1) {
            remarks.add(
                    "FDW cannot share a snapshot, so each of its chunks was read at a moment of"
                            + " its own: the copy is only exact if nothing was written to the"
                            + " source meanwhile");
        } else if (snapshots > 1) {
            remarks.add(
                    "the rows were copied in several runs, from "
                            + snapshots
                            + " snapshots: they are only exact if nothing was written to the source"
                            + " between the runs");
        }
        return remarks;
    }

    private static MigrateReport report(Run run, boolean alreadyComplete, List<String> remarks) {
        Ledger ledger = run.ledger();
        return new MigrateReport(
                alreadyComplete,
                false,
                ledger.entries().stream().map(Migration::reported).toList(),
                run.clock().steps(),
                ledger.copy().snapshots(),
                remarks);
    }

    private static MigrateReport.Entry reported(EntryRecord entry) {
        return new MigrateReport.Entry(
                entry.entry(),
                entry.source().display(),
                entry.target().display(),
                entry.strategy().label(),
                entry.reason(),
                entry.rows(),
                entry.bytes(),
                entry.chunks(),
                entry.milliseconds() / 1000.0);
    }

    private static MigrateReport dryRun(CopyPlan plan) {
        List<MigrateReport.Entry> entries = new ArrayList<>();
        plan.added().forEach((derivation, strategy) -> entries.add(planned(derivation, strategy)));
        return new MigrateReport(plan.addsNothing(), true, entries, List.of(), 0, List.of());
    }

    private static MigrateReport.Entry planned(Derivation derivation, StrategyPlan plan) {
        return new MigrateReport.Entry(
                derivation.entry(),
                derivation.source().display(),
                derivation.target().display(),
                plan.strategy().label(),
                plan.reason(),
                0,
                0,
                0,
                0);
    }
}
