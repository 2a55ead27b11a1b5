package dev.confiture.postgres;

import dev.confiture.catalog.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** Table locks on the source that the application must never have to wait for. */
public final class ShareLocks {
    /**
     * Below deadlock_timeout (1 s): if we and a statement of the application wait for each other,
     * it is we who give up, never the application. The one is the limit of each wait, the other of
     * all together.
     */
    private static final List<String> GIVE_UP_FIRST =
            List.of("SET LOCAL lock_timeout = '400ms'", "SET LOCAL statement_timeout = '600ms'");

    private static final List<String> NO_LIMIT =
            List.of("SET LOCAL lock_timeout = 0", "SET LOCAL statement_timeout = 0");

    private ShareLocks() {}

    /**
     * Takes ACCESS SHARE on the tables until the transaction ends. It must be the first thing in
     * the transaction: a snapshot is taken by the first statement that reads.
     *
     * @throws SqlFailure {@link SqlState#LOCK_NOT_AVAILABLE} or {@link SqlState#QUERY_CANCELED} if
     *     the application has one of them for itself
     */
    public static void take(Session session, List<TableName> tables) {
        if (tables.isEmpty()) {
            return;
        }
        GIVE_UP_FIRST.forEach(session::execute);
        session.execute(
                "LOCK TABLE "
                        + tables.stream().map(TableName::quoted).collect(Collectors.joining(", "))
                        + " IN ACCESS SHARE MODE");
        NO_LIMIT.forEach(session::execute);
    }
}
