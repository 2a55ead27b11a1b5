package dev.confiture.sandbox;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database made for one test and dropped when closed, whoever is still connected to it. */
public final class TestDatabase extends Database implements AutoCloseable {

    TestDatabase(PostgresServer server, String name) {
        super(server, name);
    }

    /**
     * Drops the database together with what would forbid it: sessions, replication slots, prepared
     * transactions. Nothing to do when the server is down: its data goes with it.
     */
    @Override
    public void close() throws SQLException {
        if (!server().isRunning()) {
            return;
        }
        Database maintenance = server().database("postgres");
        boolean exists =
                maintenance.number(
                                "SELECT count(*) FROM pg_database WHERE datname = "
                                        + Sql.literal(name()))
                        > 0;
        if (exists) {
            endReplication(maintenance);
            rollBackPrepared(maintenance);
            maintenance.execute(
                    "DROP DATABASE IF EXISTS " + Sql.identifier(name()) + " WITH (FORCE)");
        }
    }

    /** DROP DATABASE takes idle slots along, but an active one stops it. */
    private void endReplication(Database maintenance) throws SQLException {
        maintenance.execute(
                """
                SELECT pg_terminate_backend(active_pid, 10000) FROM pg_replication_slots
                WHERE database = %s AND active_pid IS NOT NULL
                """
                        .formatted(Sql.literal(name())));
    }

    private void rollBackPrepared(Database maintenance) throws SQLException {
        List<List<@Nullable String>> transactions =
                maintenance.rows(
                        "SELECT quote_literal(gid) FROM pg_prepared_xacts WHERE database = "
                                + Sql.literal(name()));
        for (List<@Nullable String> transaction : transactions) {
            execute("ROLLBACK PREPARED " + transaction.getFirst());
        }
    }
}
