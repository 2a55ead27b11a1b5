package dev.confiture.mapping;

import dev.confiture.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * How one target column gets its value.
 *
 * @param target the target column
 * @param expression SQL over the source relation, whose alias is the source table's own name
 * @param result the type that the expression has on the source
 * @param targetCast a type of the target's own that the expression's text is read as; on the way of
 *     COPY the column's input function does it, on the way of FDW a cast. Null where the result has
 *     a type that every server knows
 * @param sourceColumn the column it is carried from, or null if it is computed
 * @param origin why the column is carried
 */
public record DerivedColumn(
        String target,
        String expression,
        ColumnType result,
        @Nullable String targetCast,
        @Nullable String sourceColumn,
        Origin origin) {
    /** Why a column is carried. */
    public enum Origin {
        /** The entry lists it. */
        EXPLICIT,
        /** Both tables have a column of this name. */
        IMPLIED,
        /** The entry gives an expression, or a query of its own, for it. */
        COMPUTED
    }

    /** The value as it is written on the given server. */
    String sql(Evaluation place) {
        return place == Evaluation.SOURCE || targetCast == null
                ? expression
                : "CAST(" + expression + " AS " + targetCast + ")";
    }
}
