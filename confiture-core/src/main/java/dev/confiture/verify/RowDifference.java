package dev.confiture.verify;

import java.util.List;

/**
 * A row in which both sides differ.
 *
 * @param key the values of the key's columns; of a row without a key, the MD5 of its text
 * @param columns the columns that differ, if it is there on both sides
 */
public record RowDifference(Kind kind, String key, List<String> columns) {
    public RowDifference {
        columns = List.copyOf(columns);
    }

    /** How it differs. */
    public enum Kind {
        /** The mapping makes it, the target does not have it. */
        MISSING,
        /** The target has it, and no entry makes it; or has it more than once. */
        UNEXPECTED,
        /** Both have a row of this key, with different values. */
        DIFFERENT
    }
}
