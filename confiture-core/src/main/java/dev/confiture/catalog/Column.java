package dev.confiture.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param position {@code pg_attribute.attnum}
 * @param notNull whether the column itself or its domain refuses NULL
 * @param defaultExpression the default as SQL, or null; never that of a generated column
 * @param generated whether the server computes the value (stored, or virtual from PostgreSQL 18)
 * @param collation the quoted name of a collation other than the type's default, or null
 */
public record Column(
        String name,
        int position,
        ColumnType type,
        boolean notNull,
        @Nullable String defaultExpression,
        boolean generated,
        Identity identity,
        @Nullable String collation) {
    /** {@code pg_attribute.attidentity}. */
    public enum Identity {
        NONE,
        BY_DEFAULT,
        ALWAYS
    }

    /** Whether a row that leaves the column out gets a value all the same, or may stay NULL. */
    public boolean mayBeOmitted() {
        return !notNull || defaultExpression != null || generated || identity != Identity.NONE;
    }
}
