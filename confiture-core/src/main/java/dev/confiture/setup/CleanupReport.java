package dev.confiture.setup;

import java.util.List;

/**
 * What {@code cleanup} removed.
 *
 * @param removed the objects for people, in the order in which they went; empty if nothing was left
 * @param kept what stays because the user had it before, and why
 */
public record CleanupReport(String target, List<String> removed, List<String> kept) {}
