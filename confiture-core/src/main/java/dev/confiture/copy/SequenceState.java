package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.copy.SequenceSync.Position;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a sequence stands, and how far it can go.
 *
 * @param value {@code last_value}; with CACHE it may be ahead of what was used
 * @param called {@code is_called}: whether the value has been given out
 * @param increment negative for a descending sequence
 */
record SequenceState(long value, boolean called, long minimum, long maximum, long increment) {
    /**
     * What one column that the sequence feeds says of it.
     *
     * @param origins where the source's sequences stand that feed what the column is made of
     * @param furthest the furthest value in the column, or null if there is none or it was not read
     */
    record Use(List<Position> origins, @Nullable Long furthest) {}

    static SequenceState read(Session session, TableName sequence) {
        try {
            return session.queryOne(
                    "SELECT s.last_value, s.is_called, q.seqmin, q.seqmax, q.seqincrement FROM "
                            + sequence.quoted()
                            + " s JOIN pg_sequence q ON q.seqrelid = ?::regclass",
                    row ->
                            new SequenceState(
                                    row.number(1),
                                    row.truth(2),
                                    row.number(3),
                                    row.number(4),
                                    row.number(5)),
                    sequence.quoted());
        } catch (SqlFailure failure) {
            if (!failure.is(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw failure;
            }
            throw new ConfitureException(
                    session.end() == End.SOURCE ? ErrorCode.SOURCE_FAILED : ErrorCode.TARGET_FAILED,
                    "the sequence %s of the %s cannot be read"
                            .formatted(sequence.display(), session.end().label()),
                    "Run there: GRANT SELECT ON SEQUENCE %s TO the user that Confiture logs in as."
                            .formatted(sequence.quoted()),
                    failure);
        }
    }

    /**
     * Where the sequence is to stand: the furthest of where it stands, where the source's sequences
     * stand and the values in its columns. Where the source's sequence is known, a value after
     * which the sequence could give no other, such as a row put at the very end of the range by
     * hand, is left alone as the source's sequence left it alone.
     */
    SequenceState after(List<Use> uses) {
        SequenceState wanted = this;
        for (Use use : uses) {
            for (Position origin : use.origins()) {
                wanted = wanted.furthest(at(origin.value(), origin.called()));
            }
            Long value = use.furthest();
            if (value != null) {
                SequenceState state = at(value, true);
                if (use.origins().isEmpty() || state.hasNext()) {
                    wanted = wanted.furthest(state);
                }
            }
        }
        return wanted;
    }

    /** The same sequence at another place. */
    SequenceState at(long otherValue, boolean otherCalled) {
        return new SequenceState(otherValue, otherCalled, minimum, maximum, increment);
    }

    /** The state from which fewer values are left; of two with the same value, the used one. */
    SequenceState furthest(SequenceState other) {
        if (value == other.value) {
            return called ? this : other;
        }
        return value < other.value == increment > 0 ? other : this;
    }

    boolean inBounds() {
        return value >= minimum && value <= maximum;
    }

    /** Whether the sequence can give a value after this one. */
    boolean hasNext() {
        if (!inBounds()) {
            return false;
        }
        // The room that is left is never negative, but it may need all 64 bits.
        return increment > 0
                ? Long.compareUnsigned(maximum - value, increment) >= 0
                : Long.compareUnsigned(value - minimum, -increment) >= 0;
    }
}
