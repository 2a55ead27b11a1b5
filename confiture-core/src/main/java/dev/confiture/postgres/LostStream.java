package dev.confiture.postgres;

import dev.confiture.error.ConfitureException;
import org.jspecify.annotations.Nullable;

/** The stream of changes has ended although nobody asked for it. */
public final class LostStream extends ConfitureException {
    private static final long serialVersionUID = 1L;

    private final @Nullable SqlFailure said;

    /**
     * @param said null if the connection ended without a word
     */
    LostStream(End end, String what, @Nullable SqlFailure said) {
        super(
                end.failed(),
                "lost the stream of changes: " + what,
                "As soon as the "
                        + end.label()
                        + " can be reached, run the same command again; it goes on where it"
                        + " stopped.",
                said);
        this.said = said;
    }

    /**
     * Whether the server is well and only its reading of the log has failed, or was cancelled: on a
     * new connection the same may succeed. Decoding sometimes looks into the catalog with a
     * snapshot that is not the right one ({@code could not map filenumber … to relation OID}, near
     * a TRUNCATE or a rewrite), which depends on where it began to read. A process that was sent
     * away ({@code 57P01}) is none of these: somebody else may need its slot.
     */
    public boolean mayBeOpenedAgain() {
        return said != null
                && (said.sqlState().startsWith(SqlState.CLASS_INTERNAL_ERROR)
                        || said.is(SqlState.QUERY_CANCELED));
    }
}
