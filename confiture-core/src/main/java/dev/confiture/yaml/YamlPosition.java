package dev.confiture.yaml;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands.
 *
 * @param file the file as the user named it
 * @param line from 1
 * @param code what mistakes in this file are reported as
 */
public record YamlPosition(String file, int line, ErrorCode code) {
    /** A failure at this place, as {@code file:line: problem}. */
    public ConfitureException failure(String problem, @Nullable String hint) {
        return new ConfitureException(code, this + ": " + problem, hint);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
