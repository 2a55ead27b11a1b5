package dev.confiture.hop;

import dev.confiture.catalog.TableName;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.ShareLocks;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import java.util.List;
import java.util.function.Function;

/** The snapshot of the source that a hop goes to. */
public final class SourceMoment {
    private SourceMoment() {}

    /**
     * Runs the work in a read-only transaction with a snapshot that is not older than this call.
     * While the application holds a table exclusively, it waits until the table is free again.
     *
     * <p>The tables are locked (ACCESS SHARE, as by any SELECT) before the snapshot is taken: a
     * TRUNCATE in between would make a table empty that the snapshot says is full.
     *
     * @param patience called before each attempt, outside a transaction; throws to end the wait
     */
    public static <T> T now(
            Session source,
            List<TableName> tables,
            Runnable patience,
            Function<TransactionSnapshot, T> work) {
        while (true) {
            patience.run();
            try {
                return source.inSnapshot(
                        () -> {
                            lock(source, tables);
                            return work.apply(snapshot(source));
                        });
            } catch (TableIsHeld held) {
                // Each attempt has waited for a moment, so this is no busy loop.
            }
        }
    }

    private static void lock(Session source, List<TableName> tables) {
        try {
            ShareLocks.take(source, tables);
        } catch (SqlFailure failure) {
            if (failure.is(SqlState.LOCK_NOT_AVAILABLE) || failure.is(SqlState.QUERY_CANCELED)) {
                throw new TableIsHeld(failure);
            }
            throw failure;
        }
    }

    private static TransactionSnapshot snapshot(Session source) {
        return TransactionSnapshot.parse(
                source.queryOne("SELECT pg_current_snapshot()::text", row -> row.text(1)));
    }

    /** The application has a table for itself; it is asked for again. */
    private static final class TableIsHeld extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TableIsHeld(SqlFailure cause) {
            super(cause);
        }
    }
}
