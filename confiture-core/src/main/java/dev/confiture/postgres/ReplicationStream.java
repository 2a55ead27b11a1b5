package dev.confiture.postgres;

import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
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
    private static final long LONGEST_SILENCE_NANOSECONDS = Duration.ofSeconds(1).toNanos();

    /** Kept too because the driver closes a connection that nobody refers to. */
    private final Session session;

    private final PGReplicationStream stream;
    private long lastSign = System.nanoTime();
    private boolean failed;

    ReplicationStream(Session session, PGReplicationStream stream) {
        this.session = session;
        this.stream = stream;
    }

    /**
     * The next message of the plugin, or null if there is none just now; tells the server when due
     * that we are there and what was confirmed. To be called at least every few milliseconds.
     */
    public @Nullable ByteBuffer read() {
        try {
            ByteBuffer message = stream.readPending();
            long now = System.nanoTime();
            if (message != null) {
                lastSign = now;
            } else if (stream.isClosed()) {
                throw ended();
            } else if (now - lastSign > LONGEST_SILENCE_NANOSECONDS) {
                lastSign = now;
                stream.forceUpdateStatus();
            }
            return message;
        } catch (SQLException cause) {
            failed = true;
            throw SqlFailure.of(session.end(), cause);
        }
    }

    private ConfitureException ended() {
        failed = true;
        return new ConfitureException(
                session.end().failed(),
                session.end().label() + ": the server ended the stream of changes",
                "If the server was stopped, start it; then run the same command again.");
    }

    /**
     * From now on the server may forget all that comes before this position. It hears of it with
     * the next status.
     */
    public void confirm(Lsn position) {
        LogSequenceNumber number = LogSequenceNumber.valueOf(position.bytes());
        stream.setFlushedLSN(number);
        stream.setAppliedLSN(number);
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
            throw SqlFailure.of(session.end(), cause);
        }
    }
}
