package dev.confiture.postgres;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A server refused a statement, or the connection broke. Carries what the server said of it. */
public final class SqlFailure extends ConfitureException {
    private static final long serialVersionUID = 1L;

    private static final Pattern COPY_LINE =
            Pattern.compile("^COPY .*?, line (\\d+)", Pattern.DOTALL);

    private static final Set<String> PASSING =
            Set.of(
                    SqlState.SERIALIZATION_FAILURE,
                    SqlState.DEADLOCK_DETECTED,
                    SqlState.LOCK_NOT_AVAILABLE);

    /** {@code admin_shutdown}, {@code crash_shutdown}, {@code cannot_connect_now}. */
    private static final Set<String> SERVER_GOES = Set.of("57P01", "57P02", "57P03");

    private static final String LINK_FILE = "connection.c";

    /** A value in the quotation marks of the languages that servers speak. */
    private static final Pattern QUOTED =
            Pattern.compile(
                    "\".*\"|».*«|«.*»|„.*[“”]|“.*”|「.*」|『.*』|\u2018.*\u2019|'.*'", Pattern.DOTALL);

    /** NOT NULL, CHECK, and CHECK of a view: their detail quotes a row, in any language. */
    private static final Set<String> QUOTING_ROWS = Set.of("23502", "23514", "44000");

    private final String sqlState;
    private final int position;
    private final long copyLine;

    private SqlFailure(
            ErrorCode code,
            String message,
            @Nullable String hint,
            SQLException cause,
            @Nullable ServerErrorMessage server) {
        super(code, message, hint, cause);
        String state = cause.getSQLState();
        this.sqlState = state == null ? "" : state;
        this.position = server == null ? 0 : server.getPosition();
        this.copyLine = server == null ? 0 : copyLine(server.getWhere());
    }

    static SqlFailure of(End end, SQLException cause) {
        return of(end, cause, null);
    }

    /**
     * @param lost why all connections to this end were dropped, or null
     */
    static SqlFailure of(End end, SQLException cause, @Nullable String lost) {
        ServerErrorMessage server =
                cause instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
        if (server == null) {
            return new SqlFailure(
                    end.failed(),
                    end.label() + ": " + broken(cause, lost) + stateOf(cause),
                    isConnection(cause.getSQLState()) ? whenItIsBack(end) : null,
                    cause,
                    null);
        }
        if (isOfTheLink(server)) {
            return ofTheLink(cause, server);
        }
        StringBuilder message = new StringBuilder(end.label()).append(": ");
        message.append(withoutValues(server, server.getMessage()));
        // A detail may quote a whole row ("Failing row contains …"); keys are all we may show.
        String detail = server.getDetail();
        if (detail != null && !QUOTING_ROWS.contains(server.getSQLState())) {
            message.append(" (").append(withoutValues(server, detail)).append(')');
        }
        copyPosition(server.getWhere())
                .ifPresent(position -> message.append(" at ").append(position));
        message.append(stateOf(cause));
        String hint = isConnection(server.getSQLState()) ? whenItIsBack(end) : server.getHint();
        return new SqlFailure(end.failed(), message.toString(), hint, cause, server);
    }

    /**
     * Whether the server has lost, or not reached, the source that it asked for rows: postgres_fdw
     * reports that as its own error, with the state of the connection (pgfdw_report_error and
     * connect_pg_server in contrib/postgres_fdw/connection.c).
     */
    private static boolean isOfTheLink(ServerErrorMessage server) {
        return isConnection(server.getSQLState())
                && server.getFile() != null
                && server.getFile().endsWith(LINK_FILE);
    }

    private static SqlFailure ofTheLink(SQLException cause, ServerErrorMessage server) {
        String detail = server.getDetail() == null ? "" : " (" + server.getDetail().strip() + ")";
        return new SqlFailure(
                End.SOURCE.failed(),
                End.SOURCE.label()
                        + ": the connection that the target has to it broke: "
                        + server.getMessage()
                        + detail
                        + stateOf(cause),
                whenItIsBack(End.SOURCE),
                cause,
                server);
    }

    private static String broken(SQLException cause, @Nullable String lost) {
        if (!isConnection(cause.getSQLState())) {
            return String.valueOf(cause.getMessage());
        }
        return "the connection broke: " + (lost == null ? cause.getMessage() : lost);
    }

    /** Whether the session is gone: the line broke, or the server ended it, or is not up yet. */
    private static boolean isConnection(@Nullable String state) {
        return state != null && (state.startsWith("08") || SERVER_GOES.contains(state));
    }

    private static String whenItIsBack(End end) {
        return "As soon as the "
                + end.label()
                + " can be reached, run the same command again; it goes on where it stopped.";
    }

    /**
     * The errors of class 22, data exceptions, quote the value that is wrong: it stays out, as
     * every value of a row does.
     */
    private static @Nullable String withoutValues(
            ServerErrorMessage server, @Nullable String text) {
        String state = server.getSQLState();
        return text != null && state != null && state.startsWith("22")
                ? OwnWords.in(text).orElseGet(() -> QUOTED.matcher(text).replaceAll("\"…\""))
                : text;
    }

    /** {@code COPY users, line 3, column email: "the value"} without the value. */
    private static Optional<String> copyPosition(@Nullable String where) {
        return where == null
                ? Optional.empty()
                : where.lines()
                        .filter(line -> line.startsWith("COPY "))
                        .findFirst()
                        .map(line -> line.replaceFirst(": .*", ""));
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

    /** The number of the row, from 1, at which a COPY failed, or 0. */
    public long copyLine() {
        return copyLine;
    }

    private static long copyLine(@Nullable String where) {
        Matcher line = COPY_LINE.matcher(where == null ? "" : where);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    /** Whether a row is at fault: a data exception, or a constraint that it violates. */
    public boolean isAboutRows() {
        return sqlState.startsWith("22") || sqlState.startsWith("23");
    }

    /**
     * Whether another session stood in the way, for now: the transaction was rolled back as a
     * whole, and may succeed if it is run again.
     *
     * @see <a
     *     href="https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html">
     *     Serialization failure handling</a>
     */
    public boolean isPassing() {
        return PASSING.contains(sqlState);
    }

    public boolean is(String state) {
        return sqlState.equals(state);
    }
}
