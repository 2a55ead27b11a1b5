package dev.confiture.bench;

/**
 * How often everybody has his turn.
 *
 * @param results where the values go
 */
public record Rounds(int count, Results results) {}
