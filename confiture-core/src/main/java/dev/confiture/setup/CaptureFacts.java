package dev.confiture.setup;

import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself and of the role that is to capture its changes.
 *
 * @param replicationRole whether the server gives the right to replicate by a role of its own
 * @param freeSlot whether a replication slot can be made, or ours is there already
 * @param freeSender whether its changes could be sent
 * @param keptWal the most WAL that a slot may hold, or null if there is no limit
 * @param idleTimeout after how long a slot that nobody reads is given up, or null for never
 * @param preparedTransactions the names of prepared transactions, or null if there are none
 * @param anyStandby {@code synchronous_standby_names}, if it takes whoever reads the log for a
 *     standby; else null
 */
record CaptureFacts(
        String walLevel,
        boolean mayReplicate,
        boolean replicationRole,
        String role,
        String database,
        boolean mayCreate,
        long slots,
        boolean freeSlot,
        long senders,
        boolean freeSender,
        @Nullable String keptWal,
        @Nullable String idleTimeout,
        @Nullable String preparedTransactions,
        @Nullable String anyStandby) {
    static CaptureFacts of(Session session) {
        return session.queryOne(
                SqlText.named("setup/describe_capture"),
                row ->
                        new CaptureFacts(
                                row.text(1),
                                row.truth(2),
                                row.truth(3),
                                row.text(4),
                                row.text(5),
                                row.truth(6),
                                row.number(7),
                                row.truth(8),
                                row.number(9),
                                row.truth(10),
                                row.textOrNull(11),
                                row.textOrNull(12),
                                row.textOrNull(13),
                                row.textOrNull(14)));
    }
}
