package dev.confiture.copy;

import dev.confiture.copy.ObjectRestoration.Violation;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Brings the foreign keys back. All are added before the first is checked, which takes its time:
 * while a check lasts no key can be added to its table or made to refer to it, but those of other
 * tables can be checked as well (SHARE UPDATE EXCLUSIVE on the table, ROW SHARE on the other).
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE, VALIDATE
 *     CONSTRAINT</a>
 */
public final class ForeignKeyRebuild {
    private final Database target;
    private final Session control;
    private final Ledger ledger;
    private final ProgressListener listener;
    private final StopSignal stop;

    /**
     * @param control a session of the target, which no worker uses
     * @param ledger through that session
     */
    public ForeignKeyRebuild(
            Database target,
            Session control,
            Ledger ledger,
            ProgressListener listener,
            StopSignal stop) {
        this.target = target;
        this.control = control;
        this.ledger = ledger;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Restores all foreign keys that are not back yet.
     *
     * @return those that stay NOT VALID, see {@link ObjectRestoration#restoreForeignKeys}
     */
    public List<String> run(Violation violation) {
        ObjectRestoration restoration = restoration(control);
        restoration.addForeignKeysUnchecked();
        List<RemovedObject> keys = ledger.removedObjects().all(Kind.FOREIGN_KEY);
        List<RemovedObject> whole = keys.stream().filter(key -> !isAdded(key)).toList();
        List<String> postponed = restoration.restoreForeignKeys(whole, violation);
        Queue<String> more = new ConcurrentLinkedQueue<>();
        new TableWorkers(target, "foreign keys")
                .forEachTable(
                        keys.stream().filter(ForeignKeyRebuild::isAdded).toList(),
                        (session, added) ->
                                more.addAll(
                                        restoration(session).restoreForeignKeys(added, violation)));
        postponed.addAll(more.stream().sorted().toList());
        return postponed;
    }

    /** One that is checked as it is added locks both its tables against the others. */
    private static boolean isAdded(RemovedObject key) {
        return !key.restoreStatements().getFirst().contains(" ADD CONSTRAINT ");
    }

    private ObjectRestoration restoration(Session session) {
        return new ObjectRestoration(session, ledger.through(session), listener, stop);
    }
}
