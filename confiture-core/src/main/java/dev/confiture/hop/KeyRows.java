package dev.confiture.hop;

import dev.confiture.catalog.Literal;
import dev.confiture.change.KeyText;
import java.util.List;
import java.util.stream.Collectors;

/** Writes keys into SQL: as constants, since COPY takes no parameters. */
final class KeyRows {
    private KeyRows() {}

    /** A FROM item without an alias: one row per key, with its texts in {@code row_key}. */
    static String of(List<String> keys) {
        return "(SELECT CAST(key AS text[]) AS row_key FROM pg_catalog.unnest(CAST("
                + Literal.quote(KeyText.of(keys))
                + " AS text[])) AS key)";
    }

    /** A condition that is true for the rows that the keys name, to be found by an index. */
    static String condition(List<KeyColumn> columns, List<String> keys) {
        return condition(columns, of(keys));
    }

    /**
     * The same for keys that stand in a FROM item.
     *
     * @param keys as {@link #of} writes it
     */
    static String condition(List<KeyColumn> columns, String keys) {
        // Arrays in an array would become one.
        return columns.size() == 1 && !columns.getFirst().isArray()
                ? columns.getFirst().column()
                        + " = ANY (ARRAY(SELECT "
                        + columns.getFirst().value()
                        + " FROM "
                        + keys
                        + " AS keys))"
                : conditionByScan(columns, keys);
    }

    /**
     * The same for rows that no index leads to: the server makes a hash table of the keys, where it
     * would compare every row with all keys of an array, one by one.
     */
    static String conditionByScan(List<KeyColumn> columns, List<String> keys) {
        return conditionByScan(columns, of(keys));
    }

    /**
     * The same for keys that stand in a FROM item.
     *
     * @param keys as {@link #of} writes it
     */
    static String conditionByScan(List<KeyColumn> columns, String keys) {
        return "("
                + list(columns)
                + ") IN (SELECT "
                + columns.stream().map(KeyColumn::value).collect(Collectors.joining(", "))
                + " FROM "
                + keys
                + " AS keys)";
    }

    private static String list(List<KeyColumn> columns) {
        return columns.stream().map(KeyColumn::column).collect(Collectors.joining(", "));
    }
}
