package dev.confiture.analyze.prove;

import dev.confiture.catalog.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the target that rows of the source break.
 *
 * @param constraint the constraint's name, or what the column demands, such as {@code NOT NULL} or
 *     {@code character varying(5)}
 * @param table the target table, for people
 * @param column the target column, or null if the rule is about several
 * @param rows how many rows break it
 * @param exact whether the count is exact; else there are at least as many
 * @param key the columns by which rows are named below; empty if they have no key to be named by
 * @param sampleKeys the keys of some of the rows, as text; nothing but keys
 */
public record Violation(
        Kind kind,
        String constraint,
        String table,
        @Nullable String column,
        long rows,
        boolean exact,
        List<String> key,
        List<String> sampleKeys) {
    public Violation {
        key = List.copyOf(key);
        sampleKeys = List.copyOf(sampleKeys);
    }

    /** Of which sort the rule is. */
    public enum Kind {
        NOT_NULL,
        /** Longer or shorter than the column allows. */
        LENGTH,
        /** More digits before the point than the column has, or out of an integer's range. */
        RANGE,
        /** Altered without a word: decimal places, the time of day, blanks at the end. */
        LOSS,
        /** The value cannot be read as one of the column's type. */
        CAST,
        /** The target's enum lacks the label. */
        LABEL,
        CHECK,
        UNIQUE,
        EXCLUSION,
        FOREIGN_KEY,
        /** What {@code reverse} gives is not what the old row has; {@code table} is the old one. */
        WAY_BACK;

        /** Whether the copy goes on all the same. */
        boolean passes() {
            return this == LOSS || this == WAY_BACK;
        }
    }

    /** A violation whose rows are not counted yet. */
    record Draft(
            Kind kind, String constraint, TableName table, @Nullable String column, Keys keys) {
        Violation rows(long count) {
            return violation(count, true);
        }

        Violation rowsAtLeast(long count) {
            return violation(count, false);
        }

        private Violation violation(long count, boolean exact) {
            return new Violation(
                    kind,
                    constraint,
                    table.display(),
                    column,
                    count,
                    exact,
                    keys.columns(),
                    keys.samples());
        }
    }
}
