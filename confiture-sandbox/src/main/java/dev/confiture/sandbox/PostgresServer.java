package dev.confiture.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server on {@code localhost} with a data directory of its own.
 *
 * <p>The data lives as long as this object: {@link #stop}, {@link #kill} and {@link #start} keep
 * it, {@link #close} deletes it. What is not closed is closed when the JVM ends, and even when the
 * JVM is killed. Thread-safe: one change of state at a time.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Map<PostgresVersion, PostgresServer> SHARED = new ConcurrentHashMap<>();

    private final PostgresVersion version;
    private final ServerHome home;
    private final AtomicInteger databaseNumber = new AtomicInteger();
    private @Nullable ServerProcess process;
    private boolean closed;

    private PostgresServer(PostgresVersion version, ServerHome home) {
        this.version = version;
        this.home = home;
    }

    /** The server of this version that all tests of the JVM share; never stop or change it. */
    public static PostgresServer shared(PostgresVersion version) {
        return SHARED.computeIfAbsent(version, wanted -> builder(wanted).start());
    }

    /** A server for the caller alone. */
    public static Builder builder(PostgresVersion version) {
        return new Builder(version);
    }

    public PostgresVersion version() {
        return version;
    }

    public String host() {
        return "localhost";
    }

    /** The port, which stays the same for all starts of this server. */
    public int port() {
        return home.port();
    }

    public Path dataDirectory() {
        return home.dataDirectory();
    }

    /** The server's certificate in PEM form, to be trusted by clients; empty without TLS. */
    public Optional<Path> certificateFile() {
        return home.certificateFile();
    }

    /** All that the server has written to its log so far, over all of its starts. */
    public String logText() {
        try {
            return new String(Files.readAllBytes(home.logFile()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the server's log", e);
        }
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The ids of all living processes of this server. */
    public synchronized Set<Long> processIds() {
        try {
            return process == null ? Set.of() : process.processIds();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the processes of the server", e);
        }
    }

    /** Starts the server again, on the same data and port; returns when it accepts connections. */
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("The server is closed");
        }
        if (isRunning()) {
            return;
        }
        process = home.startProcess();
    }

    /** Stops the server in order ("fast"); all sessions end, all data is on disk. */
    public synchronized void stop() {
        stop(ServerProcess.StopMode.FAST);
    }

    /** {@link #stop} and {@link #start}. */
    public synchronized void restart() {
        stop();
        start();
    }

    /**
     * A hot standby that streams from this server, which is stopped for as long as its data is
     * copied.
     */
    public synchronized PostgresServer startStandby() {
        stop();
        PostgresServer standby = new PostgresServer(version, home.standby());
        OpenServers.add(standby);
        try {
            start();
            standby.start();
        } catch (SandboxException e) {
            standby.close();
            throw e;
        }
        return standby;
    }

    /**
     * A crash: SIGKILL to every process of the server. What a client was told to be committed is
     * there after the next {@link #start}, since the machine itself goes on, whatever {@code fsync}
     * says.
     */
    public synchronized void kill() {
        if (process == null) {
            return;
        }
        try {
            process.kill();
            process = null;
        } catch (IOException e) {
            throw new SandboxException("Cannot kill the server", e);
        } catch (InterruptedException e) {
            throw SandboxException.interrupted("killing the server", e);
        }
    }

    /** An existing database, such as {@code postgres}. */
    public Database database(String name) {
        return new Database(this, name);
    }

    /** A new empty database with a unique name. */
    public TestDatabase createDatabase() throws SQLException {
        return createDatabase(DatabaseOptions.defaults());
    }

    public TestDatabase createDatabase(String name) throws SQLException {
        return createDatabase(DatabaseOptions.defaults().named(name));
    }

    public TestDatabase createDatabase(DatabaseOptions options) throws SQLException {
        String name = options.name().orElseGet(() -> "test_" + databaseNumber.incrementAndGet());
        database("postgres").execute(options.createStatement(name));
        return new TestDatabase(this, name);
    }

    /** Ends the server at once and deletes its data. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop(ServerProcess.StopMode.IMMEDIATE);
        } finally {
            OpenServers.remove(this);
            home.delete();
        }
    }

    private void stop(ServerProcess.StopMode mode) {
        if (process == null) {
            return;
        }
        try {
            process.stop(mode, home.controlOutputFile());
            process = null;
        } catch (IOException e) {
            throw new SandboxException("Cannot stop the server", e);
        } catch (InterruptedException e) {
            throw SandboxException.interrupted("stopping the server", e);
        }
    }

    @Override
    public String toString() {
        return version + " at " + host() + ":" + port();
    }

    /** What a new server shall be like. */
    public static final class Builder {

        private final PostgresVersion version;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private Authentication authentication = Authentication.TRUST;
        private Encryption encryption = Encryption.NONE;

        private Builder(PostgresVersion version) {
            this.version = version;
        }

        /** A server setting; overrides the sandbox's own, which are made for small fast servers. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        public Builder settings(Map<String, String> values) {
            settings.putAll(values);
            return this;
        }

        public Builder authentication(Authentication wanted) {
            authentication = wanted;
            return this;
        }

        public Builder encryption(Encryption wanted) {
            encryption = wanted;
            return this;
        }

        /** Makes the data directory and starts the server. */
        public PostgresServer start() {
            ServerConfiguration configuration =
                    new ServerConfiguration(Map.copyOf(settings), authentication, encryption);
            PostgresServer server =
                    new PostgresServer(version, ServerHome.create(version, configuration));
            OpenServers.add(server);
            try {
                server.start();
            } catch (SandboxException e) {
                server.close();
                throw e;
            }
            return server;
        }
    }
}
