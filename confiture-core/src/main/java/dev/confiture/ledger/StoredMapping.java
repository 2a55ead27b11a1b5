package dev.confiture.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A mapping as the user gave it.
 *
 * @param sourceTable the table that {@code migrate-table} was asked for, or null for a mapping
 *     file; {@code targetTable} likewise
 * @param text the whole file, or the {@code --mapping} of {@code migrate-table}
 */
public record StoredMapping(
        @Nullable String sourceTable, @Nullable String targetTable, String text) {
    public static StoredMapping file(String text) {
        return new StoredMapping(null, null, text);
    }
}
