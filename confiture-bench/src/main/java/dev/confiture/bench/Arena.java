package dev.confiture.bench;

import dev.confiture.sandbox.Database;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import java.util.Map;

/**
 * Two servers with the same settings, both on this machine. Like servers in use they write their
 * log and have room for it, but they do not wait for the disk, which would measure the disk.
 */
public final class Arena implements AutoCloseable {
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "shared_buffers", "512MB",
                    "max_wal_size", "8GB",
                    "checkpoint_timeout", "30min",
                    "maintenance_work_mem", "256MB",
                    "wal_level", "logical",
                    // A subscription that is enabled again begins no sooner: see launcher.c.
                    "wal_retrieve_retry_interval", "100ms",
                    "max_connections", "100");

    private final PostgresServer source;
    private final PostgresServer target;

    private Arena(PostgresServer source, PostgresServer target) {
        this.source = source;
        this.target = target;
    }

    /** Starts both; their version must not be newer than that of the peers' clients. */
    public static Arena open(PostgresVersion version) {
        PostgresServer source = PostgresServer.builder(version).settings(SETTINGS).start();
        try {
            return new Arena(source, PostgresServer.builder(version).settings(SETTINGS).start());
        } catch (RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    public PostgresVersion version() {
        return source.version();
    }

    /** An empty database of the source's server. */
    public Database newSource(String name) throws SQLException {
        return anew(source, name, "template1");
    }

    /** A database of the source's server with all that the template holds. */
    public Database newSource(String name, String template) throws SQLException {
        return anew(source, name, template);
    }

    /** An empty database of the target's server. */
    public Database newTarget(String name) throws SQLException {
        return anew(target, name, "template1");
    }

    /** A database of the target's server that is there already. */
    public Database target(String name) {
        return target.database(name);
    }

    private static Database anew(PostgresServer server, String name, String template)
            throws SQLException {
        Database all = server.database("postgres");
        // A database with a slot cannot be dropped.
        all.execute(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                        + " WHERE database = '"
                        + name
                        + "'");
        all.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        all.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        all.execute("CHECKPOINT");
        return server.database(name);
    }

    @Override
    public void close() {
        try (PostgresServer _ = source) {
            target.close();
        }
    }
}
