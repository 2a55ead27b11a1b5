package dev.confiture.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * A database of a server in the sandbox, seen by its superuser.
 *
 * <p>Holds no connection: each call makes one of its own, hence calls share no session state, a
 * server may be restarted between them, and an instance may be used by several threads.
 */
public sealed class Database permits TestDatabase {

    private final PostgresServer server;
    private final String name;

    Database(PostgresServer server, String name) {
        this.server = server;
        this.name = name;
    }

    public final PostgresServer server() {
        return server;
    }

    public final String name() {
        return name;
    }

    public final String host() {
        return server.host();
    }

    public final int port() {
        return server.port();
    }

    /** For example {@code postgresql://postgres@localhost:20000/shop}. */
    public final String dsn() {
        return dsnThrough(host(), port());
    }

    /** The same database seen through another address, such as that of a {@link TcpProxy}. */
    public final String dsnThrough(String otherHost, int otherPort) {
        return "postgresql://postgres@" + otherHost + ":" + otherPort + "/" + encodedName();
    }

    public final String jdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + encodedName();
    }

    /**
     * Sends a script, whole and unchanged, through the simple query protocol.
     *
     * <p>Several statements form one transaction, unless the script holds its own BEGIN and COMMIT;
     * so statements that refuse to run in a transaction (VACUUM, CREATE DATABASE) must come alone.
     */
    public final void execute(String sql) throws SQLException {
        rows(sql);
    }

    /** The rows of the script's last query, each value as PostgreSQL's text, null as null. */
    public final List<List<@Nullable String>> rows(String sql) throws SQLException {
        try (SimpleQueryClient client = new SimpleQueryClient(host(), port(), name)) {
            return client.query(sql);
        } catch (IOException e) {
            throw new PSQLException(
                    "Lost the connection to " + dsn(), PSQLState.CONNECTION_FAILURE, e);
        }
    }

    /** The only value of a query, as text; it must not be null. */
    public final String value(String sql) throws SQLException {
        List<List<@Nullable String>> rows = rows(sql);
        if (rows.size() != 1 || rows.getFirst().size() != 1) {
            throw new IllegalStateException("Expected one value but got " + rows + " from " + sql);
        }
        String value = rows.getFirst().getFirst();
        if (value == null) {
            throw new IllegalStateException("Expected a value but got null from " + sql);
        }
        return value;
    }

    /** The only value of a query, as a number. */
    public final long number(String sql) throws SQLException {
        return Long.parseLong(value(sql));
    }

    /** The number of rows of a table, whose name is used as written. */
    public final long count(String table) throws SQLException {
        return number("SELECT count(*) FROM " + table);
    }

    /** A JDBC connection of the superuser; the caller closes it. */
    public final Connection connect() throws SQLException {
        return connect(new Properties());
    }

    /** A JDBC connection of another user. */
    public final Connection connect(String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return connect(properties);
    }

    /** A JDBC connection with properties of the driver; the user is the superuser unless given. */
    public final Connection connect(Properties properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", "postgres");
        all.putAll(properties);
        return DriverManager.getConnection(jdbcUrl(), all);
    }

    /** Runs {@code COPY … FROM STDIN} with the given text; returns the number of rows. */
    public final long copyIn(String copyStatement, String text) throws SQLException {
        return copy(manager -> manager.copyIn(copyStatement, new StringReader(text)));
    }

    /** Runs {@code COPY … FROM STDIN} with the given bytes; returns the number of rows. */
    public final long copyIn(String copyStatement, InputStream bytes) throws SQLException {
        return copy(manager -> manager.copyIn(copyStatement, bytes));
    }

    /** Runs {@code COPY … TO STDOUT} and returns all of it as text. */
    public final String copyOut(String copyStatement) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(manager -> manager.copyOut(copyStatement, bytes));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private long copy(Copy copy) throws SQLException {
        try (Connection connection = connect()) {
            return copy.run(connection.unwrap(PGConnection.class).getCopyAPI());
        } catch (IOException e) {
            throw new PSQLException(
                    "Lost the connection to " + dsn(), PSQLState.CONNECTION_FAILURE, e);
        }
    }

    private String encodedName() {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public final String toString() {
        return dsn();
    }

    @FunctionalInterface
    private interface Copy {
        long run(CopyManager manager) throws SQLException, IOException;
    }
}
