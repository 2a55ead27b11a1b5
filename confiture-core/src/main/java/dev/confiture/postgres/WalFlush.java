package dev.confiture.postgres;

/**
 * Makes the source write its log to disk. A tiny transactional message does it, whose commit waits
 * for all that was logged before it; it is allowed in a read-only session. Waiting for the server's
 * WAL writer instead would take up to {@code wal_writer_delay} (200 ms).
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-REPLICATION">
 *     pg_logical_emit_message</a>
 */
public final class WalFlush {
    private WalFlush() {}

    /** Returns when everything that any session has committed before is on disk. */
    public static void upToHere(Session source) {
        // Not on a standby's disk: a standby that lags must not hold up a chunk.
        source.execute("SET synchronous_commit = local");
        source.query(
                "SELECT pg_logical_emit_message(true, 'confiture', 'flush')", row -> row.text(1));
    }
}
