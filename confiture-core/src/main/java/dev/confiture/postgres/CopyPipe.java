package dev.confiture.postgres;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * Streams {@code COPY … TO STDOUT} of one server into {@code COPY … FROM STDIN} of another. The
 * bytes are never looked at. Memory: one buffer and one row, whatever the size of the table.
 */
public final class CopyPipe {
    /** Rows are gathered up to this many bytes before they are sent; a longer row goes alone. */
    private static final int BUFFER_BYTES = 1 << 16;

    private CopyPipe() {}

    /** What one COPY moved. */
    public record Transfer(long rows, long bytes) {}

    /**
     * Runs both statements to their end. On any failure neither session can be used further, except
     * to be closed; the target's transaction is then rolled back by its server.
     */
    public static Transfer run(Session source, String copyOut, Session target, String copyIn) {
        return run(source, copyOut, target, copyIn, bytes -> {});
    }

    /**
     * The same.
     *
     * @param moved hears now and then how many bytes were sent; may hold the rest back
     */
    public static Transfer run(
            Session source, String copyOut, Session target, String copyIn, LongConsumer moved) {
        CopyOut output = open(source, copyOut, CopyOut.class);
        CopyIn input = null;
        try {
            input = open(target, copyIn, CopyIn.class);
            long bytes = pump(source, output, target, input, moved);
            long written = finish(target, input);
            long read = output.getHandledRowCount();
            if (read != written) {
                throw new ConfitureException(
                        ErrorCode.INTERNAL,
                        "COPY read " + read + " rows but wrote " + written,
                        "Nothing was kept of this chunk. Please report this.");
            }
            return new Transfer(written, bytes);
        } catch (RuntimeException failure) {
            breakOff(source, target, input, failure);
            throw failure;
        }
    }

    private static <T> T open(Session session, String sql, Class<T> direction) {
        try {
            var copy = session.pg().getCopyAPI();
            return direction.cast(
                    direction == CopyOut.class ? copy.copyOut(sql) : copy.copyIn(sql));
        } catch (SQLException cause) {
            throw session.failure(cause);
        }
    }

    private static long pump(
            Session source, CopyOut output, Session target, CopyIn input, LongConsumer moved) {
        byte[] buffer = new byte[BUFFER_BYTES];
        int used = 0;
        long bytes = 0;
        for (byte[] row = read(source, output); row != null; row = read(source, output)) {
            bytes += row.length;
            if (used + row.length > buffer.length) {
                write(target, input, buffer, used);
                moved.accept(used);
                used = 0;
            }
            if (row.length > buffer.length) {
                write(target, input, row, row.length);
                moved.accept(row.length);
            } else {
                System.arraycopy(row, 0, buffer, used, row.length);
                used += row.length;
            }
        }
        write(target, input, buffer, used);
        moved.accept(used);
        return bytes;
    }

    private static byte @Nullable [] read(Session source, CopyOut output) {
        try {
            return output.readFromCopy();
        } catch (SQLException cause) {
            throw source.failure(cause);
        }
    }

    private static void write(Session target, CopyIn input, byte[] bytes, int length) {
        if (length == 0) {
            return;
        }
        try {
            input.writeToCopy(bytes, 0, length);
        } catch (SQLException cause) {
            throw target.failure(cause);
        }
    }

    private static long finish(Session target, CopyIn input) {
        try {
            return input.endCopy();
        } catch (SQLException cause) {
            throw target.failure(cause);
        }
    }

    /** The source may be in the middle of megabytes that nobody wants: drop the line, not drain. */
    private static void breakOff(
            Session source, Session target, @Nullable CopyIn input, RuntimeException failure) {
        source.abort();
        if (input != null && input.isActive()) {
            try {
                input.cancelCopy();
            } catch (SQLException second) {
                failure.addSuppressed(second);
                target.abort();
            }
        }
    }
}
