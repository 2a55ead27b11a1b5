package dev.confiture.mapping;

/**
 * Where in the mapping something stands, for messages.
 *
 * @param file the file as the user named it, or {@code --mapping} for a mapping from the command
 *     line
 * @param line from 1; 0 if the mapping has no lines
 */
public record Position(String file, int line) {
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
