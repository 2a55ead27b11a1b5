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
        super(end.failed(), "lost the stream of changes: " + what, hint(end, said), said);
        this.said = said;
    }

    private static String hint(End end, @Nullable SqlFailure said) {
        return mayBeOpenedAgain(said)
                ? "Run the same command again; it goes on where it stopped. If it fails with the"
                        + " same words, run `confiture s2s migrate --resync`: it makes a new slot"
                        + " and copies the rows anew; the mapping and the ledger stay."
                : "As soon as the "
                        + end.label()
                        + " can be reached, run the same command again; it goes on where it"
                        + " stopped.";
    }

    /**
     * Whether the server is well and only its reading of the log has failed, or was cancelled: on a
     * new connection the same may succeed: what it makes of the log depends on where it began to
     * read, which moves on with what was confirmed. A process that was sent away ({@code 57P01}) is
     * none of these: somebody else may need its slot.
     */
    public boolean mayBeOpenedAgain() {
        return mayBeOpenedAgain(said);
    }

    private static boolean mayBeOpenedAgain(@Nullable SqlFailure said) {
        return said != null
                && (said.sqlState().startsWith(SqlState.CLASS_INTERNAL_ERROR)
                        || said.is(SqlState.QUERY_CANCELED));
    }
}
