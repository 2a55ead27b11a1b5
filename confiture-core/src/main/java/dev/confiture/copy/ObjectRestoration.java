package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;

/** Brings back what {@link ObjectRemoval} took off, one object and one ledger row at a time. */
public final class ObjectRestoration {
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

    /** Restores all objects of the kind that are not back yet; indexes by {@link IndexRebuild}. */
    public void restore(Kind kind) {
        restore(missing(kind));
    }

    void restore(List<RemovedObject> objects) {
        IndexMemory.provide(target);
        for (RemovedObject object : objects) {
            stop.check();
            listener.on(new ProgressEvent.Detail(object.display()));
            restore(object);
        }
    }

    /**
     * Adds the foreign keys that are not back yet and validates them. While only some of the tables
     * have been migrated, rows may still refer to tables to come: such a key stays NOT VALID, is
     * named in the result, and is validated by a later run.
     */
    public List<String> restoreForeignKeys(Violation violation) {
        return restoreForeignKeys(missing(Kind.FOREIGN_KEY), violation);
    }

    List<String> restoreForeignKeys(List<RemovedObject> keys, Violation violation) {
        List<String> postponed = new ArrayList<>();
        for (RemovedObject object : keys) {
            stop.check();
            listener.on(new ProgressEvent.Detail(object.display()));
            if (!restoreInSteps(object, violation)) {
                postponed.add(object.display());
            }
        }
        return postponed;
    }

    /**
     * Adds the foreign keys that can be added without a look at the rows, so that they hold for
     * every row that is written from now on; {@link #restoreForeignKeys} looks at the others.
     */
    public void addForeignKeysUnchecked() {
        for (RemovedObject object : missing(Kind.FOREIGN_KEY)) {
            List<String> statements = object.restoreStatements();
            if (statements.getFirst().endsWith(" NOT VALID")) {
                addUnchecked(object, statements);
            }
        }
    }

    private void addUnchecked(RemovedObject object, List<String> statements) {
        try {
            restore(object, statements.getFirst(), statements.subList(1, statements.size()));
        } catch (SqlFailure failure) {
            throw cannotRestore(object, failure);
        }
    }

    /**
     * Restores what it can. Returns, for people, what the rows do not fit, with the statements that
     * would bring it back.
     */
    public List<String> restoreWhatFits(Kind kind) {
        List<String> failed = new ArrayList<>();
        for (RemovedObject object : missing(kind)) {
            listener.on(new ProgressEvent.Detail(object.display()));
            try {
                restore(object);
            } catch (ConfitureException failure) {
                failed.add(
                        object.display()
                                + " is off, since "
                                + failure.getMessage()
                                + "; to bring it back: "
                                + String.join("; ", object.restoreStatements()));
            }
        }
        return failed;
    }

    /** What a row that breaks a foreign key means for the run. */
    public enum Violation {
        FAILS,
        POSTPONES
    }

    private List<RemovedObject> missing(Kind kind) {
        return ledger.removedObjects().all(kind);
    }

    /** Each statement on its own: what is added stays, so that only the validation is repeated. */
    private boolean restoreInSteps(RemovedObject object, Violation violation) {
        List<String> statements = object.restoreStatements();
        for (int done = 0; done < statements.size(); done++) {
            try {
                restore(
                        object,
                        statements.get(done),
                        statements.subList(done + 1, statements.size()));
            } catch (SqlFailure failure) {
                if (violation == Violation.POSTPONES
                        && failure.is(SqlState.FOREIGN_KEY_VIOLATION)) {
                    return false;
                }
                throw cannotRestore(object, failure);
            }
        }
        return true;
    }

    private void restore(RemovedObject object, String statement, List<String> remaining) {
        target.inTransaction(
                () -> {
                    target.execute(statement);
                    if (remaining.isEmpty()) {
                        ledger.removedObjects().restored(object);
                    } else {
                        ledger.removedObjects().remember(object, remaining);
                    }
                    return object;
                });
    }

    private void restore(RemovedObject object) {
        try {
            target.inTransaction(
                    () -> {
                        object.restoreStatements().forEach(target::execute);
                        ledger.removedObjects().restored(object);
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
                "The rows in "
                        + table.display()
                        + " do not fit it. Mend them in the target and run `migrate` again; or"
                        + " mend the source or the new schema, then start over with `cleanup"
                        + " --force`, `setup` and `migrate --truncate-target`.",
                failure);
    }
}
