package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.List;

/** Brings back what {@link ObjectRemoval} took off, one object and one ledger row at a time. */
public final class ObjectRestoration {
    /** An index build sorts in this much memory at least before it spills. */
    private static final String MAINTENANCE_MEMORY =
            "SELECT set_config('maintenance_work_mem', '256MB', false)"
                    + " FROM pg_settings WHERE name = 'maintenance_work_mem'"
                    + " AND setting::bigint < 256 * 1024";

    private final Session target;
    private final Ledger ledger;
    private final ProgressListener listener;
    private final StopSignal stop;

    public ObjectRestoration(
            Session target, Ledger ledger, ProgressListener listener, StopSignal stop) {
        this.target = target;
        this.ledger = ledger;
        this.listener = listener;
        this.stop = stop;
    }

    /** Restores all objects of the kind that are not back yet. */
    public void restore(Kind kind) {
        target.query(MAINTENANCE_MEMORY, row -> row.text(1));
        List<RemovedObject> missing =
                ledger.removedObjects().stream().filter(object -> object.kind() == kind).toList();
        for (RemovedObject object : missing) {
            stop.check();
            listener.on(new ProgressEvent.Detail(object.display()));
            restore(object);
        }
    }

    private void restore(RemovedObject object) {
        try {
            target.inTransaction(
                    () -> {
                        object.restoreStatements().forEach(target::execute);
                        ledger.restored(object);
                        return object;
                    });
        } catch (SqlFailure failure) {
            throw cannotRestore(object, failure);
        }
    }

    private static ConfitureException cannotRestore(RemovedObject object, SqlFailure failure) {
        TableName table = object.table();
        return new ConfitureException(
                failure.code(),
                "cannot bring back the " + object.display() + ": " + failure.getMessage(),
                "The data in "
                        + table.display()
                        + " does not fit it. Mend the rows in the source (or the new schema), then"
                        + " start over with `cleanup --force`, `setup` and `migrate"
                        + " --truncate-target`; to see the rows, query the target: nothing was"
                        + " taken away.",
                failure);
    }
}
