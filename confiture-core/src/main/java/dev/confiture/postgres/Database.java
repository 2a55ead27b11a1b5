package dev.confiture.postgres;

import dev.confiture.environment.DatabaseAddress;
import dev.confiture.environment.Secret;
import dev.confiture.error.ConfitureException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** One end of the migration: opens sessions on it. Thread-safe. */
public final class Database {
    private static final int CONNECT_TIMEOUT_SECONDS = 15;
    private static final int OLDEST_VERSION = 14;

    private final End end;
    private final DatabaseAddress address;
    private final boolean writing;
    private final @Nullable String pass;
    private final OpenSessions sessions;
    private volatile int version = OLDEST_VERSION;

    public Database(End end, DatabaseAddress address) {
        this(end, address, end == End.TARGET, null, new OpenSessions());
    }

    private Database(
            End end,
            DatabaseAddress address,
            boolean writing,
            @Nullable String pass,
            OpenSessions sessions) {
        this.end = end;
        this.address = address;
        this.writing = writing;
        this.pass = pass;
        this.sessions = sessions;
    }

    /** The same database, for sessions that may write even if it is the source. */
    public Database forWriting() {
        return new Database(end, address, true, pass, sessions);
    }

    /** The same database for sessions that a fence of ours lets through. */
    public Database withPass(String secret) {
        return new Database(end, address, writing, secret, sessions);
    }

    public End end() {
        return end;
    }

    public DatabaseAddress address() {
        return address;
    }

    /**
     * Opens a session with pinned settings. Sessions on the source cannot write, unless the
     * database is one {@link #forWriting}.
     *
     * @param purpose what the session is for; shown in {@code pg_stat_activity}
     */
    public Session open(String purpose) {
        return openPinned(properties(purpose, "extended"));
    }

    /** The same; gives up if the server has not let us in by then, or is silent for so long. */
    Session open(String purpose, Duration patience) {
        Properties properties = properties(purpose, "extended");
        String seconds = String.valueOf(Math.max(1, patience.toSeconds()));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        // Between the login and the last of the settings the network may fall silent, too.
        properties.setProperty("socketTimeout", seconds);
        return openPinned(properties);
    }

    /** Opens a session that is dropped with those on the other database, too. */
    Session openRelyingOn(Database other, String purpose) {
        Session session = open(purpose);
        session.relyOn(other.end, other.sessions);
        return session;
    }

    /** Drops every session that is open; whoever waits in one of them hears this reason. */
    void drop(String why) {
        sessions.drop(why);
    }

    /**
     * Opens a session with the settings that the user's own SQL files expect, in which a text of
     * several statements goes to the server as one.
     */
    public Session openForScripts(String purpose) {
        return connect(properties(purpose, "simple"));
    }

    /** The same, or empty if the server has no such database. */
    public Optional<Session> openForScriptsIfPresent(String purpose) {
        try {
            return Optional.of(openForScripts(purpose));
        } catch (ConfitureException failure) {
            if (failure.getCause() instanceof SQLException cause
                    && SqlState.INVALID_CATALOG_NAME.equals(cause.getSQLState())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Another database of the same server, for the same login. */
    public Database named(String name) {
        return new Database(
                end,
                new DatabaseAddress(
                        address.host(),
                        address.port(),
                        name,
                        address.user(),
                        password().orElse(null),
                        address.tls()),
                writing,
                pass,
                new OpenSessions());
    }

    /**
     * Opens a connection that may make replication slots and read their streams, with the settings
     * of every session: the texts of values in a stream depend on them too.
     *
     * @param purpose what the connection is for; shown in {@code pg_stat_replication}
     */
    public ReplicationConnection openReplication(String purpose) {
        Properties properties = properties(purpose, "simple");
        properties.setProperty("replication", "database");
        return new ReplicationConnection(patient(openPinned(properties)));
    }

    /**
     * Opens a session of whose rows we may stop reading, for as long as it takes to bring away
     * those that came.
     *
     * @param purpose see {@link #open}
     */
    public Session openForStreams(String purpose) {
        return patient(open(purpose));
    }

    /**
     * A client that is alive, but reads nothing, is gone in the eyes of {@code TCP_USER_TIMEOUT}:
     * Linux counts the time in which it says that it has no room (tcp_probe_timer in
     * net/ipv4/tcp_timer.c).
     */
    private static Session patient(Session session) {
        session.execute("SET tcp_user_timeout = 0");
        return session;
    }

    /**
     * The settings go with the login, so that they hold for the first statement: a role's own
     * timeout may be shorter than that. Which of them the server knows its first answer tells.
     */
    private Session openPinned(Properties properties) {
        int assumed = version;
        Session session = connect(PinnedSettings.atLogin(properties, assumed));
        try {
            version = session.majorVersion();
            if (PinnedSettings.namesMore(version, assumed)) {
                session.close();
                session = connect(PinnedSettings.atLogin(properties, version));
            }
            PinnedSettings.apply(session, !writing);
            if (pass != null) {
                session.present(pass);
            }
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
        return session;
    }

    private Properties properties(String purpose, String queryMode) {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        password().ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        address.tls().forEach(properties::setProperty);
        properties.setProperty("ApplicationName", "confiture " + purpose);
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        properties.setProperty("loginTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", PatientSockets.class.getName());
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("preferQueryMode", queryMode);
        // Spares the driver questions of its own, which a walsender would not answer either.
        properties.setProperty("assumeMinServerVersion", OLDEST_VERSION + "");
        return properties;
    }

    private Session connect(Properties properties) {
        try {
            Connection connection = new Driver().connect(url(), properties);
            if (connection == null) {
                throw new IllegalStateException("the driver refused its own URL: " + url());
            }
            return new Session(end, connection, sessions);
        } catch (SQLException cause) {
            throw ConnectionFailure.of(end, address, cause);
        }
    }

    /**
     * The password from the address, or else from the password file ({@code PGPASSFILE} or {@code
     * ~/.pgpass}), as libpq finds it.
     */
    public Optional<Secret> password() {
        if (address.password() != null) {
            return Optional.of(address.password());
        }
        return PasswordFile.lookUp(address);
    }

    private String url() {
        String host = address.host();
        return "jdbc:postgresql://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + address.port()
                + "/"
                + URLEncoder.encode(address.database(), StandardCharsets.UTF_8);
    }
}
