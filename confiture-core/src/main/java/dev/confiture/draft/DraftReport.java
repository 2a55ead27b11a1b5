package dev.confiture.draft;

/**
 * A drafted mapping file.
 *
 * @param text the file
 * @param decidedTables source tables that need no further thought
 * @param toReview guesses, each marked {@code # review:}
 * @param leftOver source tables and columns, and target columns that need a value, about which a
 *     person must decide before the file is complete
 */
public record DraftReport(String text, int decidedTables, int toReview, int leftOver) {}
