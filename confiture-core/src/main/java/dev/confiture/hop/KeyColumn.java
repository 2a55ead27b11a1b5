package dev.confiture.hop;

import dev.confiture.catalog.Identifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that a row is found by, and how its value comes from a key's text.
 *
 * @param column SQL for the column; in the target, {@code t."name"}
 * @param position which of the key's texts is its value, from 1
 * @param casts the types that the text goes through, the first one first
 * @param collation of the value, quoted; null for that of its type
 */
record KeyColumn(String column, int position, List<String> casts, @Nullable String collation) {
    KeyColumn {
        casts = List.copyOf(casts);
    }

    KeyColumn(String column, int position, List<String> casts) {
        this(column, position, casts, null);
    }

    boolean isArray() {
        return !casts.isEmpty() && casts.getLast().endsWith("[]");
    }

    /** The column without the table, quoted. */
    String name() {
        return column.substring(column.indexOf('.') + 1);
    }

    /** Whether it is the column of this name. */
    boolean isCalled(String unquoted) {
        return name().equals(Identifier.quote(unquoted));
    }

    /** The value as SQL over {@code row_key}, the texts of one key. */
    String value() {
        String value = "row_key[" + position + "]";
        for (String type : casts) {
            value = "CAST(" + value + " AS " + type + ")";
        }
        return collation == null ? value : value + " COLLATE " + collation;
    }
}
