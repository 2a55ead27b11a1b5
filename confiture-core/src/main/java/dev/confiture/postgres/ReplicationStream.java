package dev.confiture.postgres;

import dev.confiture.change.Lsn;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The changes of a source as they come. One thread reads and closes; {@link #confirm} may be called
 * by any other.
 *
 * <p>The driver's own blocking read is of no use here: while nothing comes it neither sends a
 * status nor answers the server's question for one, and the server ends the connection. So this one
 * never waits for longer than a millisecond, and whoever calls it again sends what is due.
 */
public final class ReplicationStream implements AutoCloseable {
    /**
     * A server that closed its end is noticed only by writing to it: an end of the stream looks
     * like silence to the driver.
     */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

    /** Kept too because the driver closes a connection that nobody refers to. */
    private final Session session;

    private final PGReplicationStream stream;
    private final long silenceNanoseconds;
    private Lsn confirmed = Lsn.NONE;
    private long lastSign = System.nanoTime();
    private boolean failed;

    ReplicationStream(Session session, PGReplicationStream stream, Duration statusInterval) {
        this.session = session;
        this.stream = stream;
        this.silenceNanoseconds = Math.min(LONGEST_SILENCE.toNanos(), statusInterval.toNanos());
    }

    /**
     * The next message of the plugin, or null if there is none just now; tells the server when due
     * that we are there and what was confirmed. To be called at least every few milliseconds.
     */
    public @Nullable ByteBuffer read() {
        try {
            ByteBuffer message = stream.readPending();
            if (message != null) {
                lastSign = System.nanoTime();
            } else if (stream.isClosed()) {
                throw lost("the " + session.end().label() + " ended it", null);
            } else {
                giveSign();
            }
            return message;
        } catch (SQLException cause) {
            throw lost(cause);
        }
    }

    /** Does what {@link #read} does, but for reading: for whoever has no room for more. */
    public void stayConnected() {
        try {
            giveSign();
        } catch (SQLException cause) {
            throw lost(cause);
        }
    }

    private void giveSign() throws SQLException {
        long now = System.nanoTime();
        if (now - lastSign > silenceNanoseconds) {
            lastSign = now;
            stream.forceUpdateStatus();
        }
    }

    /** Of a broken connection the driver does not say why, even if the server did. */
    private LostStream lost(SQLException cause) {
        SqlFailure failure = session.failure(cause);
        boolean broken = failure.sqlState().startsWith(SqlState.CLASS_CONNECTION_EXCEPTION);
        return lost(
                broken
                        ? "the connection to the " + session.end().label() + " broke"
                        : failure.getMessage(),
                failure);
    }

    private LostStream lost(String what, @Nullable SqlFailure said) {
        failed = true;
        return new LostStream(session.end(), what, said);
    }

    /**
     * From now on the server may forget all that comes before this position. It hears of it with
     * the next status. A position before one that was confirmed earlier changes nothing.
     */
    public synchronized void confirm(Lsn position) {
        if (confirmed.isBefore(position)) {
            confirmed = position;
            LogSequenceNumber number = LogSequenceNumber.valueOf(position.bytes());
            stream.setFlushedLSN(number);
            stream.setAppliedLSN(number);
        }
    }

    /** The process that serves this stream, as {@code pg_stat_replication} names it. */
    public int serverProcess() {
        return session.backendPid();
    }

    /** Tells the server what was confirmed last, and ends the connection. */
    @Override
    public void close() {
        if (failed) {
            session.abort();
            return;
        }
        // Not the driver's close of the stream: that reads on until a long transaction has ended.
        try (session) {
            stream.forceUpdateStatus();
        } catch (SQLException cause) {
            throw session.failure(cause);
        }
    }
}
