package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.copy.ObjectRestoration;
import dev.confiture.cutover.Fence;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.hop.KeyIndexes;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.LedgerSchema;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.ledger.MigrationRecord;
import dev.confiture.ledger.OldSchema;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.ledger.RemovedObjects;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.postgres.ConnectionFailure;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.setup.Cleanup;
import dev.confiture.setup.CleanupReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes every trace of a migration on both sides; the user's tables stay as they are. */
public final class CleanupPhase {
    /** How long tables are waited for that somebody uses. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;

    public CleanupPhase(
            EnvironmentLoader environments, ProgressListener listener, StopSignal stop) {
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
    }

    /** What to do about a copy that is not complete, and about a source that is not there. */
    public enum Incomplete {
        REFUSE,
        FORCE
    }

    /**
     * Removes all that Confiture has made on either side, and says what that was.
     *
     * @throws ConfitureException if a copy is not complete, or an application still needs a live
     *     migration, or the source of a live one is not there, and {@code incomplete} does not say
     *     {@link Incomplete#FORCE}; or if a side refuses us
     */
    public CleanupReport run(String targetReference, Incomplete incomplete) {
        Database target = Attachment.target(environments, targetReference);
        try (Session control = target.open("cleanup")) {
            ControllerLock.take(control);
            List<String> removed = new ArrayList<>();
            List<String> kept = new ArrayList<>();
            if (LedgerSchema.exists(control)) {
                Cleanup.Result release = release(control, targetReference, incomplete);
                removed.addAll(release.removed());
                kept.addAll(release.kept());
                removed.addAll(dropKeyIndexes(control));
                kept.addAll(bringBack(control));
                removed.addAll(Fence.inNew(control).remove(PATIENCE, stop));
            }
            Cleanup.Result link = Cleanup.run(control);
            removed.addAll(link.removed());
            kept.addAll(link.kept());
            if (LedgerSchema.drop(control)) {
                removed.add("schema confiture (the ledger)");
            }
            return new CleanupReport(target.address().display(), removed, kept);
        }
    }

    /** All for which the source is needed, first of all. */
    private Cleanup.Result release(Session control, String targetReference, Incomplete incomplete) {
        try {
            settle(control, targetReference);
            if (incomplete == Incomplete.REFUSE) {
                mustBeComplete(control);
            }
            return releaseSource(control, targetReference);
        } catch (ConfitureException failure) {
            if (!ConnectionFailure.isAbsence(failure)
                    || failure.code() != ErrorCode.SOURCE_UNREACHABLE) {
                throw failure;
            }
            if (incomplete == Incomplete.REFUSE) {
                throw AbsentSource.refusal(failure);
            }
            listener.on(
                    new ProgressEvent.Warning(
                            failure.getMessage()
                                    + "; what may be left there is listed under Kept"));
            return new AbsentSource(control, environments.load(targetReference))
                    .release(listener, stop);
        }
    }

    /** What a killed cutover has left must be undone or completed first: both need the ledger. */
    private void settle(Session control, String targetReference) {
        if (SwitchoverLedger.last(control).filter(last -> !last.ended()).isPresent()) {
            try (Attachment attachment = Attachment.to(environments, targetReference, "cleanup")) {
                Settlement.run(attachment, listener);
            }
        }
    }

    /** The slot first of all: it holds the source's WAL for as long as it is there. */
    private Cleanup.Result releaseSource(Session control, String targetReference) {
        List<String> removed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        Optional<CaptureRecord> capture = CaptureLedger.read(control);
        if (capture.isEmpty()) {
            return new Cleanup.Result(removed, kept);
        }
        try (Attachment attachment = Attachment.to(environments, targetReference, "cleanup");
                Session source = attachment.sourceAsOwner().open("cleanup")) {
            OldSchema schema = Sides.oldSchema(attachment);
            removed.addAll(NextCapture.remove(attachment, Direction.BACK, stop));
            removed.addAll(CapturePreparation.remove(capture.get().slot(), source, "source", stop));
            removed.addAll(Fence.inOld(source, schema).remove(PATIENCE, stop));
            if (schema.drop(source)) {
                removed.add("schema confiture on the source");
            }
            schema.others(source)
                    .ifPresent(owner -> kept.add("schema confiture on the source: it " + owner));
        }
        return new Cleanup.Result(removed, kept);
    }

    private static void mustBeComplete(Session control) {
        MigrationRecord migration = Ledger.read(control);
        Phase phase = migration.phase();
        boolean switched = SwitchoverLedger.lastDecided(control).isPresent();
        if (migration.mode() == MigrationMode.LIVE && phase != Phase.SET_UP && !switched) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "the live migration is not cut over (phase: " + phase.label() + ")",
                    "Give it up with `cleanup --force`: rows that are copied stay in the target,"
                            + " and nothing keeps them in step any more.");
        }
        boolean incomplete = phase == Phase.COPYING || phase == Phase.FINISHING;
        if (incomplete) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "the copy is incomplete (phase: " + phase.label() + ")",
                    "Finish it with `confiture s2s migrate`, or give it up with `cleanup --force`:"
                            + " rows that are copied already stay in the target.");
        }
    }

    /**
     * Those of a first hop that was not completed; the ledger knows on which tables they may be.
     */
    private static List<String> dropKeyIndexes(Session control) {
        List<TableName> tables =
                Ledger.entries(control).stream().map(EntryRecord::target).distinct().toList();
        return KeyIndexes.dropFrom(control, tables).stream()
                .map(index -> "index " + index.display() + " on the target")
                .toList();
    }

    /**
     * The ledger alone knows what was taken off the target's tables, so that comes back before the
     * ledger goes. What the rows do not fit is returned with the statements to run later.
     */
    private List<String> bringBack(Session control) {
        if (RemovedObjects.of(control).isEmpty()) {
            return List.of();
        }
        ObjectRestoration restoration =
                new ObjectRestoration(control, Ledger.takeOver(control), listener, stop);
        List<String> failed = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            failed.addAll(restoration.restoreWhatFits(kind));
        }
        return failed;
    }
}
