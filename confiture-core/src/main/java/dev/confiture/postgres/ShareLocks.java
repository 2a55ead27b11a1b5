package dev.confiture.postgres;

import dev.confiture.catalog.TableName;
import java.util.List;

/** Table locks on the source that the application must never have to wait for. */
public final class ShareLocks {
    /**
     * Below deadlock_timeout (1 s): if we and a statement of the application wait for each other,
     * it is we who give up, never the application.
     */
    private static final String GIVE_UP_FIRST = "SET LOCAL lock_timeout = '400ms'";

    private ShareLocks() {}

    /**
     * Takes ACCESS SHARE on the tables until the transaction ends. It must be the first thing in
     * the transaction: a snapshot is taken by the first statement that reads.
     */
    public static void take(Session session, List<TableName> tables) {
        session.execute(GIVE_UP_FIRST);
        for (TableName table : tables) {
            session.execute("LOCK TABLE " + table.quoted() + " IN ACCESS SHARE MODE");
        }
        session.execute("SET LOCAL lock_timeout = 0");
    }
}
