package dev.confiture.hop;

import dev.confiture.catalog.Literal;
import dev.confiture.change.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes keys into SQL: as constants, since COPY takes no parameters. */
final class KeyRows {
    private KeyRows() {}

    /** A FROM item without an alias: one row per key, its texts in {@link #column}s. */
    static String of(List<String> keys) {
        List<List<@Nullable String>> columns = new ArrayList<>();
        for (String key : keys) {
            List<@Nullable String> values = KeyText.values(key);
            while (columns.size() < values.size()) {
                columns.add(new ArrayList<>(keys.size()));
            }
            for (int column = 0; column < values.size(); column++) {
                columns.get(column).add(values.get(column));
            }
        }
        return "(SELECT * FROM pg_catalog.unnest("
                + columns.stream()
                        .map(texts -> "CAST(" + Literal.quote(KeyText.of(texts)) + " AS text[])")
                        .collect(Collectors.joining(", "))
                + ") AS key ("
                + IntStream.rangeClosed(1, columns.size())
                        .mapToObj(KeyRows::column)
                        .collect(Collectors.joining(", "))
                + "))";
    }

    /**
     * The column with the texts of one of a key's values.
     *
     * @param position from 1
     */
    static String column(int position) {
        return "key_" + position;
    }

    /** A condition that is true for the rows that the keys name. */
    static String condition(List<KeyColumn> columns, List<String> keys) {
        return condition(columns, of(keys));
    }

    /**
     * The same for keys that stand in a FROM item.
     *
     * @param keys as {@link #of} writes it
     */
    static String condition(List<KeyColumn> columns, String keys) {
        return columns.size() == 1
                ? columns.getFirst().column()
                        + " = ANY (ARRAY(SELECT "
                        + columns.getFirst().value()
                        + " FROM "
                        + keys
                        + " AS keys))"
                : "("
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
