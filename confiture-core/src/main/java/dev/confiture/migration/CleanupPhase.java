package dev.confiture.migration;

import dev.confiture.copy.ObjectRestoration;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.LedgerSchema;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.setup.Cleanup;
import dev.confiture.setup.CleanupReport;
import java.util.ArrayList;
import java.util.List;

/** Removes every trace of a migration from the target; the user's tables stay as they are. */
public final class CleanupPhase {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;

    public CleanupPhase(
            EnvironmentLoader environments, ProgressListener listener, StopSignal stop) {
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
    }

    /** What to do about a copy that is not complete. */
    public enum Incomplete {
        REFUSE,
        FORCE
    }

    public CleanupReport run(String targetReference, Incomplete incomplete) {
        Database target = Attachment.target(environments, targetReference);
        try (Session control = target.open("cleanup")) {
            ControllerLock.take(control);
            List<String> removed = new ArrayList<>();
            List<String> kept = new ArrayList<>();
            if (LedgerSchema.exists(control)) {
                if (incomplete == Incomplete.REFUSE) {
                    mustBeComplete(control);
                }
                kept.addAll(bringBack(control));
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

    private static void mustBeComplete(Session control) {
        Phase phase = Ledger.read(control).phase();
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
     * The ledger alone knows what was taken off the target's tables, so that comes back before the
     * ledger goes. What the rows do not fit is returned with the statements to run later.
     */
    private List<String> bringBack(Session control) {
        if (Ledger.removedObjects(control).isEmpty()) {
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
