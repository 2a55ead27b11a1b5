package dev.confiture.ledger;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A part of an entry's rows that is copied in one target transaction. Copying it needs only the
 * mapping and this record; the ledger makes a repeated chunk harmless.
 *
 * @param relation SQL for what is read in place of the driving table
 * @param condition SQL that restricts it, or null for all its rows
 * @param bytesEstimated how much of the source it was planned for, or 0
 */
public record Chunk(
        String entry, int number, String relation, @Nullable String condition, long bytesEstimated)
        implements Serializable {
    /** Of an unknown size. */
    public Chunk(String entry, int number, String relation, @Nullable String condition) {
        this(entry, number, relation, condition, 0);
    }
}
