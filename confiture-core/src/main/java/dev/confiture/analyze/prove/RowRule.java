package dev.confiture.analyze.prove;

import dev.confiture.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A rule that each row keeps or breaks by itself.
 *
 * @param constraint its name, for people
 * @param column the target column, or null if it is about several
 * @param broken the condition under which a row breaks it, over the rows of {@link EntryRows}
 * @param what what such rows do, after their number: {@code hold NULL}
 * @param remedy what to do, without the statement that shows the rows
 */
record RowRule(
        Violation.Kind kind,
        String constraint,
        @Nullable String column,
        String broken,
        String what,
        String remedy) {
    Violation.Draft draft(TableName table, Keys keys) {
        return new Violation.Draft(kind, constraint, table, column, keys);
    }
}
