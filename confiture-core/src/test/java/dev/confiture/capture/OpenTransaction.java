package dev.confiture.capture;

import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** A transaction with a number, for which a slot that is being made waits. */
final class OpenTransaction {
    private final TestDatabase database;
    private final Connection connection;

    private OpenTransaction(TestDatabase database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    static OpenTransaction on(TestDatabase database) throws SQLException {
        OpenTransaction transaction = new OpenTransaction(database, database.connect());
        transaction.execute("BEGIN; SELECT pg_current_xact_id()");
        return transaction;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void commit() throws SQLException {
        end("COMMIT");
    }

    void rollBack() throws SQLException {
        end("ROLLBACK");
    }

    private void end(String how) throws SQLException {
        execute(how);
        connection.close();
    }

    /** Until somebody waits for its end. */
    void awaitSlotWaiting() {
        Waiting.until(this::isWaitedFor);
    }

    boolean isWaitedFor() throws SQLException {
        return database.number(
                        "SELECT count(*) FROM pg_locks w JOIN pg_locks h USING (transactionid)"
                                + " WHERE NOT w.granted AND h.granted AND h.pid = "
                                + connection.unwrap(PGConnection.class).getBackendPID())
                > 0;
    }
}
