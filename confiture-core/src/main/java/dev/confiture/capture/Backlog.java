package dev.confiture.capture;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.change.Lsn;
import dev.confiture.postgres.ByteRows;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.nio.ByteBuffer;

/**
 * The changes that wait in the source's log when a stream of them is to be opened. A stream sends
 * each message for itself; one query brings them together, for a third of the source's processor
 * time, and leaves them with the slot.
 *
 * <p>The source gathers the whole answer first, in memory and then in a temporary file, so only a
 * limited part of its log is read in this way.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html">
 *     pg_logical_slot_peek_binary_changes</a>
 */
public final class Backlog {
    private static final String FIND_BACKLOG = SqlText.named("capture/find_backlog");

    /** Less is not worth a session and a second reading of the log. */
    private static final long LEAST_BYTES = 1L << 20;

    private static final long MOST_BYTES = 2L << 30;

    private static final int MOST_MESSAGES = 4_000_000;

    private final String slot;
    private final String publication;

    /** Takes what waits. */
    @FunctionalInterface
    public interface Reader {
        /** Takes the next message; returns whether more is wanted. */
        boolean take(ByteBuffer message);
    }

    public Backlog(String slot, String publication) {
        this.slot = slot;
        this.publication = publication;
    }

    /**
     * Hands over whole transactions from what was confirmed last on, message by message; maybe not
     * all, maybe none.
     *
     * @param source a session that can be closed afterwards only; the slot is not in use
     */
    public void read(Session source, Reader reader) {
        source.queryOptional(
                        FIND_BACKLOG, row -> Lsn.parse(row.text(1)), MOST_BYTES, slot, LEAST_BYTES)
                .ifPresent(end -> ByteRows.read(source, messagesUpTo(end), reader::take));
    }

    private String messagesUpTo(Lsn end) {
        return "SELECT data FROM pg_catalog.pg_logical_slot_peek_binary_changes("
                + Literal.quote(slot)
                + ", "
                + Literal.quote(end.toString())
                + ", "
                + MOST_MESSAGES
                + ", 'proto_version', '1', 'messages', 'true', 'publication_names', "
                + Literal.quote(Identifier.quote(publication))
                + ")";
    }
}
