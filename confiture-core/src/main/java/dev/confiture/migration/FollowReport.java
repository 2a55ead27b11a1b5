package dev.confiture.migration;

/**
 * What {@code follow} did until it was stopped.
 *
 * @param transactions of the application that were brought over
 * @param rows derived anew
 */
public record FollowReport(long hops, long transactions, long rows) {}
