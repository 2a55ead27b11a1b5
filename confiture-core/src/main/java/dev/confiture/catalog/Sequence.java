package dev.confiture.catalog;

/**
 * A sequence that feeds a column: owned by it, its identity, or read by its default.
 *
 * @param name the sequence's schema and name
 * @param increment negative for a descending sequence
 */
public record Sequence(TableName name, TableName table, String column, long increment) {}
