package dev.confiture.postgres;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/**
 * Reads a query's only column, of type bytea, one row after the other; the driver would gather all
 * rows of an ordinary query in memory first.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
 */
public final class ByteRows {
    /** Signature, flags, and the length of an extension that no server writes. */
    private static final int HEADER_BYTES = 19;

    private static final int TRAILER = -1;

    private ByteRows() {}

    /**
     * Hands over each row.
     *
     * @param query SQL without parameters, of one column that is never null
     * @param reader the bytes are its for the time of the call; if it returns false the rest is not
     *     wanted, and the session can only be closed
     */
    public static void read(Session session, String query, Predicate<ByteBuffer> reader) {
        try {
            CopyOut rows =
                    session.pg()
                            .getCopyAPI()
                            .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
            // The server sends the header together with the first row.
            int before = HEADER_BYTES;
            for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
                ByteBuffer value = value(row, before);
                before = 0;
                if (value != null && !reader.test(value)) {
                    // Megabytes may be on their way: drop the line, do not drain it.
                    session.abort();
                    return;
                }
            }
        } catch (SQLException cause) {
            throw session.failure(cause);
        }
    }

    private static @Nullable ByteBuffer value(byte[] row, int before) {
        ByteBuffer bytes = ByteBuffer.wrap(row, before, row.length - before);
        if (bytes.getShort() == TRAILER) {
            return null;
        }
        int length = bytes.getInt();
        return bytes.slice(bytes.position(), length);
    }
}
