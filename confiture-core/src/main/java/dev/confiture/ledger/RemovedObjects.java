package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import java.util.List;

/**
 * The part of the ledger about what was taken off the target's tables: an object is in it before it
 * is dropped, and stays until it is back.
 */
public final class RemovedObjects {
    private final Ledger ledger;
    private final Session session;

    RemovedObjects(Ledger ledger, Session session) {
        this.ledger = ledger;
        this.session = session;
    }

    /**
     * Remembers an object before it is dropped; part of the dropping transaction. An earlier run
     * may have brought it back in part: what that run left to do comes after this.
     */
    public void remember(RemovedObject object) {
        ledger.mustHoldEpoch();
        long known =
                session.update(
                        "UPDATE confiture.removed_object"
                                + " SET restore_statements = ? || restore_statements"
                                + " WHERE table_schema = ? AND table_name = ? AND kind = ?"
                                + " AND name = ? AND restored_at IS NULL",
                        object.restoreStatements(),
                        object.table().schema(),
                        object.table().name(),
                        object.kind().name(),
                        object.name());
        if (known == 0) {
            insert(object);
        }
    }

    private void insert(RemovedObject object) {
        session.update(
                "INSERT INTO confiture.removed_object (table_schema, table_name, kind, name,"
                        + " restore_statements) VALUES (?, ?, ?, ?, ?)",
                object.table().schema(),
                object.table().name(),
                object.kind().name(),
                object.name(),
                object.restoreStatements());
    }

    /** What is not back yet, in the order in which it comes back. */
    public static List<RemovedObject> of(Session session) {
        return session.query(
                "SELECT number, table_schema, table_name, kind, name, restore_statements"
                        + " FROM confiture.removed_object WHERE restored_at IS NULL"
                        + " ORDER BY number",
                row ->
                        new RemovedObject(
                                Math.toIntExact(row.number(1)),
                                new TableName(row.text(2), row.text(3)),
                                RemovedObject.Kind.valueOf(row.text(4)),
                                row.text(5),
                                row.texts(6)));
    }

    /** Likewise, through this session. */
    public List<RemovedObject> all() {
        return of(session);
    }

    /** Those of one kind. */
    public List<RemovedObject> all(RemovedObject.Kind kind) {
        return all().stream().filter(object -> object.kind() == kind).toList();
    }

    /** Remembers what is left to do for an object, part of which is back. */
    public void remember(RemovedObject object, List<String> remainingStatements) {
        ledger.mustHoldEpoch();
        Ledger.mustHaveChanged(
                session.update(
                        "UPDATE confiture.removed_object SET restore_statements = ?"
                                + " WHERE number = ? AND restored_at IS NULL",
                        remainingStatements,
                        object.number()));
    }

    /** Marks an object as back, inside the transaction that brought it back. */
    public void restored(RemovedObject object) {
        ledger.mustHoldEpoch();
        Ledger.mustHaveChanged(
                session.update(
                        "UPDATE confiture.removed_object SET restored_at = clock_timestamp()"
                                + " WHERE number = ? AND restored_at IS NULL",
                        object.number()));
    }
}
