package dev.confiture.hop;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.change.CapturedTable;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.RowQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Queries on the source that give, for rows of a driving table, the key to read by and the key to
 * write by.
 *
 * @param alias what the entry's SQL calls the driving table
 * @param computed what the target's key is computed from, or null if it is the key to read by
 */
record KeyQuery(String alias, List<KeyColumn> reading, @Nullable List<DerivedColumn> computed) {
    /**
     * For keys that came with the changes; of their rows nothing is read.
     *
     * @param condition SQL over the columns of the key
     */
    String over(String changed, CapturedTable captured, Table table, String condition) {
        List<String> values = new ArrayList<>();
        for (int index = 0; index < captured.columns().size(); index++) {
            String name = captured.columns().get(index);
            String type = table.column(name).orElseThrow().type().base();
            values.add(
                    "CAST(row_key["
                            + (index + 1)
                            + "] AS "
                            + type
                            + ") AS "
                            + Identifier.quote(name));
        }
        return from(
                "(SELECT " + String.join(", ", values) + " FROM " + changed + " AS keys)",
                condition);
    }

    /** For the rows of a FROM item that a condition selects. */
    String from(String relation, String condition) {
        return keys()
                + " FROM "
                + relation
                + " AS "
                + Identifier.quote(alias)
                + " WHERE "
                + restricted(condition);
    }

    /** For the rows of an entry that a condition selects, over all that the entry reads. */
    String ofRows(RowQuery rows, String relation, String condition) {
        return keys() + rows.from(Evaluation.SOURCE, relation, alias, restricted(condition));
    }

    private String keys() {
        List<String> read = read();
        List<String> written =
                computed == null ? read : computed.stream().map(DerivedColumn::expression).toList();
        return "SELECT DISTINCT " + text(read) + ", " + text(written);
    }

    private String restricted(String condition) {
        return condition + " AND " + notNull(read());
    }

    private List<String> read() {
        return reading.stream().map(KeyColumn::column).toList();
    }

    /** One text out of the values' own texts; {@code concat} writes them as the type's output. */
    static String text(List<String> values) {
        return values.stream()
                .map(value -> "pg_catalog.concat(" + value + ")")
                .collect(Collectors.joining(", ", "CAST(ARRAY[", "] AS text)"));
    }

    static String notNull(List<String> values) {
        return values.stream()
                .map(value -> value + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }
}
