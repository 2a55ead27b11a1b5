package dev.confiture.bench;

/**
 * One timed run.
 *
 * @param seconds from start to end
 * @param peakBytes the most memory that the processes we started held at a time, resident; 0 if the
 *     work was done by the servers alone
 */
public record Measured(double seconds, long peakBytes) {}
