package dev.confiture.postgres;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.error.ConfitureException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Turns a failed login into the documented message: could not connect, why, and what to do. */
public final class ConnectionFailure {
    /** The driver's own state: nobody took the connection, or answered in time. */
    private static final String NO_ANSWER = "08001";

    private ConnectionFailure() {}

    /**
     * Whether nobody is there: no server gave an answer, or one that does not have the database.
     * One that refuses the login, or is about to start, is there.
     */
    public static boolean isAbsence(ConfitureException failure) {
        return failure.getCause() instanceof SQLException cause
                && (NO_ANSWER.equals(cause.getSQLState())
                        || SqlState.INVALID_CATALOG_NAME.equals(cause.getSQLState()));
    }

    static ConfitureException of(End end, DatabaseAddress address, SQLException cause) {
        String state = Objects.requireNonNullElse(cause.getSQLState(), "");
        return new ConfitureException(
                end.unreachable(),
                "could not connect to the "
                        + end.label()
                        + " "
                        + address.display()
                        + ": "
                        + reason(cause),
                remedy(state, address),
                cause);
    }

    /** The driver's sentence and what lies behind it, without the driver's own advice. */
    private static String reason(SQLException cause) {
        List<String> reasons = new ArrayList<>();
        for (Throwable part = cause; part != null; part = part.getCause()) {
            String text = part instanceof UnknownHostException ? "unknown host" : part.getMessage();
            if (text != null && reasons.stream().noneMatch(it -> it.contains(text))) {
                reasons.add(text.replaceFirst("\\. Check that .*", "").replaceFirst("\\.$", ""));
            }
        }
        return String.join(": ", reasons);
    }

    private static String remedy(String state, DatabaseAddress address) {
        return switch (state) {
            case SqlState.INVALID_PASSWORD, SqlState.INVALID_AUTHORIZATION, "08004" ->
                    "Check the user, the password (DSN, environment file, PGPASSWORD or password"
                            + " file) and the server's pg_hba.conf.";
            case SqlState.INVALID_CATALOG_NAME ->
                    "The server is up but has no database "
                            + address.database()
                            + "; check the name, or create it with `confiture build`.";
            case "08P01" ->
                    "If host and port are a connection pooler's, name the database server's own.";
            case "42704" -> "Confiture needs PostgreSQL 14 or later.";
            case "53300" ->
                    "The server has no free connection; raise max_connections or try later.";
            case "57P03" -> "The server is starting up or shutting down; try again in a moment.";
            default ->
                    "Check that the server is running, that host "
                            + address.host()
                            + " and port "
                            + address.port()
                            + " are right, that no firewall is between, and the TLS settings.";
        };
    }
}
