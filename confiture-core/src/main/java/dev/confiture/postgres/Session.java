package dev.confiture.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * One connection with pinned settings. Statements with parameters are the product's own ({@link
 * #query}, {@link #update}); {@link #execute} sends text as it stands, without any parsing of
 * {@code ?} or {@code {…}}, and is what SQL from a mapping goes through. Not thread-safe.
 */
public final class Session implements AutoCloseable {
    private final End end;
    private final Connection connection;
    private final OpenSessions open;
    private @Nullable Reliance reliance;

    /** The sessions of another database, without which this one is of no use. */
    private record Reliance(End end, OpenSessions sessions) {}

    Session(End end, Connection connection, OpenSessions open) {
        this.end = end;
        this.connection = connection;
        this.open = open;
        open.add(this);
    }

    void relyOn(End other, OpenSessions sessions) {
        reliance = new Reliance(other, sessions);
        sessions.add(this);
    }

    public End end() {
        return end;
    }

    /** All rows of a query of ours; parameters are text, whole numbers, booleans or text lists. */
    public <T extends @Nullable Object> List<T> query(
            String sql, Row.Reader<T> reader, @Nullable Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet result = statement.executeQuery()) {
                return read(result, reader);
            }
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** The only row of a query of ours, or empty; two rows are a bug. */
    public <T> Optional<T> queryOptional(
            String sql, Row.Reader<T> reader, @Nullable Object... parameters) {
        List<T> rows = query(sql, reader, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException("one row expected, got " + rows.size() + ": " + sql);
        }
        return rows.stream().findFirst();
    }

    /** The only row of a query of ours. */
    public <T> T queryOne(String sql, Row.Reader<T> reader, @Nullable Object... parameters) {
        return queryOptional(sql, reader, parameters)
                .orElseThrow(() -> new IllegalStateException("no row: " + sql));
    }

    /** Changes rows by a statement of ours; returns how many. */
    public long update(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeLargeUpdate();
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** Runs one statement as it stands; returns the number of rows that it wrote, if it says so. */
    public long execute(String sql) {
        try (Statement statement = rawStatement()) {
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** Runs one query as it stands, such as a mapping's SELECT. */
    public <T extends @Nullable Object> List<T> select(String sql, Row.Reader<T> reader) {
        try (Statement statement = rawStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return read(result, reader);
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** Runs the work in one transaction; any exception rolls it back. */
    public <T extends @Nullable Object> T inTransaction(Work<T> work) {
        return inTransaction("BEGIN", work);
    }

    /** The same, read only and from one snapshot. */
    public <T extends @Nullable Object> T inSnapshot(Work<T> work) {
        return inTransaction("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", work);
    }

    /** The same snapshot for all statements, in a transaction that may make temporary tables. */
    public <T extends @Nullable Object> T inWritableSnapshot(Work<T> work) {
        return inTransaction("BEGIN ISOLATION LEVEL REPEATABLE READ", work);
    }

    /** Runs the work in a transaction that may write, on the source too. */
    public <T extends @Nullable Object> T inWritingTransaction(Work<T> work) {
        return inTransaction("BEGIN READ WRITE", work);
    }

    /** The same, from one snapshot, which the first statement that reads takes. */
    public <T extends @Nullable Object> T inWritingSnapshot(Work<T> work) {
        return inTransaction("BEGIN ISOLATION LEVEL REPEATABLE READ, READ WRITE", work);
    }

    private <T extends @Nullable Object> T inTransaction(String begin, Work<T> work) {
        return inTransaction(begin, work, "COMMIT");
    }

    private <T extends @Nullable Object> T inTransaction(String begin, Work<T> work, String end) {
        mustBeOutsideATransaction();
        execute(begin);
        T result;
        try {
            result = work.run();
        } catch (RuntimeException | Error failure) {
            rollBackAfter(failure);
            throw failure;
        }
        execute(end);
        return result;
    }

    /** The server only warns of a second BEGIN, and then the inner COMMIT ends the outer work. */
    private void mustBeOutsideATransaction() {
        try {
            TransactionState state = connection.unwrap(BaseConnection.class).getTransactionState();
            if (state != TransactionState.IDLE) {
                throw new IllegalStateException("a transaction begins in another: " + state);
            }
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    private void rollBackAfter(Throwable failure) {
        try {
            execute("ROLLBACK");
        } catch (SqlFailure second) {
            failure.addSuppressed(second);
        }
    }

    /** Runs the work in a transaction that may write, and that is rolled back whatever comes. */
    public <T extends @Nullable Object> T inDiscardedTransaction(Work<T> work) {
        return inTransaction("BEGIN READ WRITE", work, "ROLLBACK");
    }

    /** The same, from one snapshot, which the first statement that reads takes. */
    public <T extends @Nullable Object> T inDiscardedSnapshot(Work<T> work) {
        return inTransaction("BEGIN ISOLATION LEVEL REPEATABLE READ, READ WRITE", work, "ROLLBACK");
    }

    /** Lets this session through a fence of ours from now on. */
    public void present(String pass) {
        query("SELECT set_config('confiture.pass', ?, false)", row -> row.text(1), pass);
    }

    /** The names of the columns that a query as it stands gives; its rows are not fetched. */
    public List<String> describe(String sql) {
        try (Statement statement = rawStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData description = result.getMetaData();
            List<String> names = new ArrayList<>();
            for (int column = 1; column <= description.getColumnCount(); column++) {
                names.add(description.getColumnLabel(column));
            }
            return names;
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** Runs the work in a savepoint of the current transaction; false if the server refused it. */
    public boolean inSavepoint(String refusal, Work<?> work) {
        execute("SAVEPOINT attempt");
        try {
            work.run();
        } catch (SqlFailure failure) {
            if (!failure.is(refusal)) {
                throw failure;
            }
            execute("ROLLBACK TO SAVEPOINT attempt");
            return false;
        }
        execute("RELEASE SAVEPOINT attempt");
        return true;
    }

    /** Runs the work in a savepoint of the current transaction; empty if the server took it all. */
    public Optional<SqlFailure> attempt(Work<?> work) {
        execute("SAVEPOINT attempt");
        try {
            work.run();
        } catch (SqlFailure failure) {
            try {
                execute("ROLLBACK TO SAVEPOINT attempt");
            } catch (SqlFailure second) {
                failure.addSuppressed(second);
                throw failure;
            }
            return Optional.of(failure);
        }
        execute("RELEASE SAVEPOINT attempt");
        return Optional.empty();
    }

    /** The server's major version, as it said at login. */
    int majorVersion() {
        try {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** The server's process id of this session. */
    public int backendPid() {
        return pg().getBackendPID();
    }

    PGConnection pg() {
        try {
            return connection.unwrap(PGConnection.class);
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** Asks the server to end the statement that runs now, if any; called from another thread. */
    public void cancel() {
        try {
            pg().cancelQuery();
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /**
     * From now on a server that does not answer for so long counts as lost; for sessions whose
     * statements are all short.
     */
    public void limitSilence(Duration longest) {
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longest.toMillis()));
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    /** What the driver's exception means for the user. */
    SqlFailure failure(SQLException cause) {
        Reliance other = reliance;
        String otherLost = other == null ? null : other.sessions.lost();
        return other != null && otherLost != null
                ? SqlFailure.of(other.end, cause, otherLost)
                : SqlFailure.of(end, cause, open.lost());
    }

    private void forget() {
        open.remove(this);
        Reliance other = reliance;
        if (other != null) {
            other.sessions.remove(this);
        }
    }

    /** Drops the connection at once, whatever it is doing; the server rolls back. */
    public void abort() {
        forget();
        try {
            connection.abort(Runnable::run);
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    @Override
    public void close() {
        forget();
        try {
            connection.close();
        } catch (SQLException cause) {
            throw failure(cause);
        }
    }

    private Statement rawStatement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    private void bind(PreparedStatement statement, @Nullable Object... parameters)
            throws SQLException {
        for (int index = 0; index < parameters.length; index++) {
            Object parameter = parameters[index];
            switch (parameter) {
                case null -> statement.setString(index + 1, null);
                case List<?> texts ->
                        statement.setArray(
                                index + 1, connection.createArrayOf("text", texts.toArray()));
                default -> statement.setObject(index + 1, parameter);
            }
        }
    }

    private <T extends @Nullable Object> List<T> read(ResultSet result, Row.Reader<T> reader)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        Row row = new Row(end, result);
        while (result.next()) {
            rows.add(reader.read(row));
        }
        return rows;
    }

    /** What is done inside a transaction. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run();
    }
}
