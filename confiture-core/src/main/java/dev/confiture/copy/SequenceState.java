package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;

/**
 * Where a sequence stands, and how far it can go.
 *
 * @param value {@code last_value}; with CACHE it may be ahead of what was used
 * @param called {@code is_called}: whether the value has been given out
 * @param increment negative for a descending sequence
 */
record SequenceState(long value, boolean called, long minimum, long maximum, long increment) {
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
