package dev.confiture.inverse;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.SqlProbe;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells which rows of a new table come from which entry: by constants that the entries write into
 * them, such as {@code origin: "'customer'"}.
 */
final class Origins {
    private final List<Derivation> all;
    private final Catalog made;
    private final SqlProbe probe;
    private final Map<Derivation, Map<String, String>> constants = new HashMap<>();

    /**
     * Of a mapping.
     *
     * @param probe asks the old server
     */
    Origins(List<Derivation> all, Catalog made, SqlProbe probe) {
        this.all = all;
        this.made = made;
        this.probe = probe;
    }

    /** The entry with what marks its rows, or empty if its table has other rows that look alike. */
    Optional<Part> part(Derivation entry, Table old) {
        Table table = made.require(entry.target());
        List<Derivation> others =
                all.stream()
                        .filter(
                                other ->
                                        other.target().equals(entry.target())
                                                && !other.equals(entry))
                        .toList();
        Map<String, String> own = constants(entry);
        Map<String, String> marks = new TreeMap<>();
        own.forEach(
                (column, sql) -> {
                    boolean ofTheKey = entry.lineage().targetKey().contains(column);
                    boolean apart =
                            !others.isEmpty()
                                    && others.stream()
                                            .allMatch(other -> differs(other, column, sql));
                    if (ofTheKey || apart) {
                        marks.put(column, sql);
                    }
                });
        boolean known =
                others.stream()
                        .allMatch(
                                other ->
                                        marks.entrySet().stream()
                                                .anyMatch(
                                                        mark ->
                                                                differs(
                                                                        other,
                                                                        mark.getKey(),
                                                                        mark.getValue())));
        return known
                ? Optional.of(
                        new Part(
                                entry,
                                old,
                                table,
                                marks.keySet(),
                                marks.isEmpty() ? null : condition(table, marks)))
                : Optional.empty();
    }

    private boolean differs(Derivation other, String column, String sql) {
        String value = constants(other).get(column);
        return value != null && !value.equals(sql);
    }

    private static String condition(Table table, Map<String, String> marks) {
        return marks.entrySet().stream()
                .map(
                        mark ->
                                Feed.of(table, mark.getKey()).sql()
                                        + " = CAST("
                                        + mark.getValue()
                                        + " AS "
                                        + table.column(mark.getKey()).orElseThrow().type().base()
                                        + ")")
                .collect(Collectors.joining(" AND "));
    }

    /** Computed columns whose value needs no table. */
    private Map<String, String> constants(Derivation entry) {
        Map<String, String> known = constants.get(entry);
        if (known != null) {
            return known;
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (DerivedColumn column : entry.columns()) {
            if (column.origin() == DerivedColumn.Origin.COMPUTED
                    && entry.query().followsTheDrivingTable()
                    && probe.refusal("SELECT " + column.expression()).isEmpty()) {
                found.put(column.target(), column.expression());
            }
        }
        constants.put(entry, found);
        return found;
    }
}
