package dev.confiture.postgres;

import dev.confiture.catalog.Identifier;
import dev.confiture.change.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * A connection to a walsender of one database. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-replication.html">Streaming
 *     replication protocol</a>
 */
public final class ReplicationConnection implements AutoCloseable {
    private static final Duration LONGEST_STATUS_INTERVAL = Duration.ofSeconds(10);

    private final Session session;

    ReplicationConnection(Session session) {
        this.session = session;
    }

    /**
     * Makes a permanent slot for the plugin pgoutput. The server waits for every transaction that
     * runs at this moment, prepared ones too; a {@code statement_timeout} does not end that wait, a
     * {@code lock_timeout} does, and leaves no slot.
     *
     * <p>The snapshot is there until this connection does anything else, or is closed.
     *
     * @throws SqlFailure {@link SqlState#LOCK_NOT_AVAILABLE} if a transaction ran for longer
     */
    public CreatedSlot createSlot(String name, Duration lockTimeout) {
        session.execute("SET lock_timeout = " + Math.max(1, lockTimeout.toMillis()));
        List<CreatedSlot> created =
                session.select(
                        "CREATE_REPLICATION_SLOT "
                                + Identifier.quote(name)
                                + " LOGICAL pgoutput EXPORT_SNAPSHOT",
                        row -> new CreatedSlot(Lsn.parse(row.text(2)), row.text(3)));
        return created.getFirst();
    }

    /**
     * Begins to send all transactions that were not confirmed yet. If {@code from} lies before what
     * was confirmed to the slot, the server begins there instead and says nothing of it, hence the
     * caller compares both beforehand.
     *
     * @param from {@link Lsn#NONE} for what was confirmed last
     * @param statusInterval how often the server hears of us; made shorter where the server's
     *     {@code wal_sender_timeout} asks for it
     */
    public ReplicationStream start(
            String slot, String publication, Lsn from, Duration statusInterval) {
        Duration interval = bounded(statusInterval);
        try {
            PGReplicationStream stream =
                    session.pg()
                            .getReplicationAPI()
                            .replicationStream()
                            .logical()
                            .withSlotName(Identifier.quote(slot))
                            .withStartPosition(LogSequenceNumber.valueOf(from.bytes()))
                            .withStatusInterval(
                                    Math.toIntExact(interval.toMillis()), TimeUnit.MILLISECONDS)
                            // The driver would else confirm by itself what nobody has applied yet.
                            .withAutomaticFlush(false)
                            .withSlotOption("proto_version", 1)
                            .withSlotOption("messages", "true")
                            .withSlotOption("publication_names", publicationNames(publication))
                            .start();
            return new ReplicationStream(session, stream, interval);
        } catch (SQLException cause) {
            throw session.failure(cause);
        }
    }

    /** A list of identifiers, inside a constant between quotes that the driver puts there. */
    private static String publicationNames(String publication) {
        return Identifier.quote(publication).replace("'", "''");
    }

    private Duration bounded(Duration wanted) {
        long timeout = Long.parseLong(setting("wal_sender_timeout"));
        Duration interval = shorter(wanted, LONGEST_STATUS_INTERVAL);
        if (timeout > 0) {
            interval = shorter(interval, Duration.ofMillis(timeout).dividedBy(3));
        }
        return interval.toMillis() < 1 ? Duration.ofMillis(1) : interval;
    }

    /** The value of a setting in this connection, in its base unit. */
    String setting(String name) {
        return session.queryOne(
                "SELECT setting FROM pg_settings WHERE name = ?", row -> row.text(1), name);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        session.close();
    }
}
