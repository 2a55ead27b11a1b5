package dev.confiture.postgres;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A server refused a statement, or the connection broke. Carries what the server said of it. */
public final class SqlFailure extends ConfitureException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final int position;

    private SqlFailure(
            ErrorCode code,
            String message,
            @Nullable String hint,
            SQLException cause,
            int position) {
        super(code, message, hint, cause);
        String state = cause.getSQLState();
        this.sqlState = state == null ? "" : state;
        this.position = position;
    }

    static SqlFailure of(End end, SQLException cause) {
        ServerErrorMessage server =
                cause instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
        if (server == null) {
            String said = cause.getMessage();
            return new SqlFailure(
                    end.failed(), end.label() + ": " + said + stateOf(cause), null, cause, 0);
        }
        StringBuilder message = new StringBuilder(end.label()).append(": ");
        message.append(server.getMessage());
        // A detail may quote a whole row ("Failing row contains …"); keys are all we may show.
        String detail = server.getDetail();
        if (detail != null && !detail.startsWith("Failing row contains")) {
            message.append(" (").append(detail).append(')');
        }
        String where = server.getWhere();
        if (where != null && where.startsWith("COPY ")) {
            message.append(" at ").append(copyPosition(where));
        }
        message.append(stateOf(cause));
        return new SqlFailure(
                end.failed(), message.toString(), server.getHint(), cause, server.getPosition());
    }

    /** {@code COPY users, line 3, column email: "the value"} without the value. */
    private static String copyPosition(String where) {
        int value = where.indexOf(": \"");
        String position = value < 0 ? where : where.substring(0, value);
        int end = position.indexOf('\n');
        return end < 0 ? position : position.substring(0, end);
    }

    private static String stateOf(SQLException cause) {
        return cause.getSQLState() == null ? "" : " [SQLSTATE " + cause.getSQLState() + "]";
    }

    /** The five characters of the SQLSTATE, or an empty text if the driver gave none. */
    public String sqlState() {
        return sqlState;
    }

    /** The character position in the statement that the server points at, from 1, or 0. */
    public int position() {
        return position;
    }

    public boolean is(String state) {
        return sqlState.equals(state);
    }
}
