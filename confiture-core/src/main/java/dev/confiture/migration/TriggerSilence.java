package dev.confiture.migration;

import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlState;

/**
 * Whether hops may write without setting off the target's triggers and foreign keys: a row that is
 * made anew must not cascade, and must not be stamped a second time.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SESSION-REPLICATION-ROLE">
 *     session_replication_role</a>
 */
enum TriggerSilence {
    /**
     * The session acts as a replica: they can be on, and do nothing; but for triggers that are made
     * to fire for replicas as well, which stay off until cutover.
     */
    REPLICA_ROLE,
    /** The role may not do that: they have to stay off until cutover. */
    KEPT_OFF;

    /** Silences them for this session, if it may. */
    static TriggerSilence in(Session target) {
        boolean taken =
                target.inTransaction(
                        () ->
                                target.inSavepoint(
                                        SqlState.INSUFFICIENT_PRIVILEGE,
                                        () ->
                                                target.execute(
                                                        "SET session_replication_role = replica")));
        return taken ? REPLICA_ROLE : KEPT_OFF;
    }
}
