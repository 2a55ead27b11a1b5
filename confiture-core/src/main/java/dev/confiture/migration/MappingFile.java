package dev.confiture.migration;

import java.nio.file.Path;

/**
 * A mapping file that the user named.
 *
 * @param path where it is
 * @param name as the user wrote it, for messages
 */
public record MappingFile(Path path, String name) {}
