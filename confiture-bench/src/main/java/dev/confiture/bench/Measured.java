package dev.confiture.bench;

/**
 * One run.
 *
 * @param value in the discipline's unit
 * @param peakBytes the most memory that the processes we started held at a time, resident; 0 if the
 *     work was done by the servers alone
 */
public record Measured(double value, long peakBytes) {}
