package dev.confiture.ledger;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A part of an entry's rows that is copied in one target transaction. Copying it needs only the
 * mapping and this record; the ledger makes a repeated chunk harmless.
 *
 * @param relation SQL for what is read in place of the driving table
 * @param condition SQL that restricts it, or null for all its rows
 */
public record Chunk(String entry, int number, String relation, @Nullable String condition)
        implements Serializable {}
