package dev.confiture.setup;

import java.util.List;

/**
 * What {@code cleanup} removed.
 *
 * @param removed the objects for people, in the order in which they went; empty if nothing was left
 * @param kept what stays, and why: the user had it before, rows do not fit it, it is of another
 *     migration, or its database is not there
 */
public record CleanupReport(String target, List<String> removed, List<String> kept) {}
