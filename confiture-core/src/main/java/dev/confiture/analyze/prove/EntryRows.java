package dev.confiture.analyze.prove;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.RowQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one entry makes, as a FROM item over which conditions are written. It has two
 * parts: what the SELECT gives ({@code given}), and what the target would keep of it, under the
 * target's column names and an alias that is the target table's own name, so that the server's text
 * of a constraint stands over it as it is.
 */
final class EntryRows {
    private static final String GIVEN = "given";

    private final Derivation entry;
    private final Table source;
    private final Table target;
    private final Map<String, StoredType> types;

    /** Target columns that no entry feeds, with the value that they get. */
    private final Map<String, String> defaults = new LinkedHashMap<>();

    private @Nullable String exclusion;

    EntryRows(Derivation entry, Table source, Table target, Map<String, StoredType> types) {
        this.entry = entry;
        this.source = source;
        this.target = target;
        this.types = types;
    }

    Derivation entry() {
        return entry;
    }

    Table source() {
        return source;
    }

    Table target() {
        return target;
    }

    /** The alias of the driving table in the entry's SELECT, quoted. */
    String sourceAlias() {
        return Identifier.quote(source.name().name());
    }

    StoredType type(String column) {
        StoredType type = types.get(column);
        if (type == null) {
            throw new IllegalStateException(target.name() + " has no stored column " + column);
        }
        return type;
    }

    Optional<Column> sourceColumn(DerivedColumn column) {
        return Optional.ofNullable(column.sourceColumn()).flatMap(source::column);
    }

    /** A further column of the target, which stays at its default or at NULL. */
    void stays(String column, String value) {
        defaults.put(column, value);
    }

    /** Leaves out the rows for which the condition over the driving table is true. */
    void exclude(String condition) {
        String kept = "(" + condition + ") IS NOT TRUE";
        exclusion = exclusion == null ? kept : exclusion + " AND " + kept;
    }

    /** The driving table's own rows. */
    String relation() {
        return source.ownRows();
    }

    /** The rows, without those excluded. */
    String from() {
        return from(relation(), null);
    }

    /** The rows of a part of the driving table, without those excluded. */
    String from(String relation, @Nullable String condition) {
        List<String> given = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<DerivedColumn> columns = entry.columns();
        for (int index = 0; index < columns.size(); index++) {
            given.add(Identifier.quote(GIVEN + " " + (index + 1)));
            kept.add(kept(columns.get(index)));
            names.add(Identifier.quote(columns.get(index).target()));
        }
        defaults.forEach(
                (column, value) -> {
                    kept.add(value);
                    names.add(Identifier.quote(column));
                });
        return "("
                + entry.select(relation, both(exclusion, condition))
                // Keeps the planner from evaluating outer conditions before the inner ones.
                + " OFFSET 0) AS "
                + GIVEN
                + (given.isEmpty() ? "" : " (" + String.join(", ", given) + ")")
                + " CROSS JOIN LATERAL (SELECT "
                + String.join(", ", kept)
                + ") AS "
                + Identifier.quote(target.name().name())
                + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")");
    }

    /** The SELECT of the rows that also meet the condition over the driving table. */
    String selectWhere(String condition) {
        return entry.select(relation(), both(exclusion, condition));
    }

    /**
     * A rule's condition over the driving table alone, if the rule is about one column and rows are
     * neither left out nor joined.
     */
    Optional<String> overSource(RowRule rule) {
        if (!plain() || exclusion != null || rule.kind() == Violation.Kind.CHECK) {
            return Optional.empty();
        }
        return entry.columns().stream()
                .filter(column -> column.target().equals(rule.column()))
                .findFirst()
                .map(
                        column ->
                                rule.broken()
                                        .replace(column(column.target()), typed(column))
                                        .replace(given(column), column.expression()));
    }

    private static @Nullable String both(@Nullable String one, @Nullable String other) {
        return one == null || other == null
                ? Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(null)
                : "(" + one + ") AND (" + other + ")";
    }

    /** The value in the target's type but before it is rounded, over {@link #from}. */
    String typed(DerivedColumn column) {
        return type(column.target()).typed(given(column), column.result().base());
    }

    private String given(DerivedColumn column) {
        int index = entry.columns().indexOf(column) + 1;
        return GIVEN + "." + Identifier.quote(GIVEN + " " + index);
    }

    private String kept(DerivedColumn column) {
        return type(column.target()).kept(typed(column));
    }

    /** A column of the target over {@link #from}. */
    String column(String name) {
        return Identifier.quote(target.name().name()) + "." + Identifier.quote(name);
    }

    /** Whether every column is there to be asked about. */
    boolean has(List<String> columns) {
        return names().containsAll(columns);
    }

    private Set<String> names() {
        return Stream.concat(
                        entry.columns().stream().map(DerivedColumn::target),
                        defaults.keySet().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Whether the SELECT gives each row of the driving table once, with nothing left out and
     * nothing joined.
     */
    boolean plain() {
        return entry.query().equals(RowQuery.ALL);
    }

    /**
     * The target columns that name a row: the target's key, or else the key of the entry; empty if
     * neither is there.
     */
    List<String> key() {
        List<String> own = target.key() == null ? List.of() : target.key().columns();
        List<String> fed = entry.columns().stream().map(DerivedColumn::target).toList();
        return !own.isEmpty() && fed.containsAll(own) ? own : entry.lineage().targetKey();
    }

    /**
     * For each column of the driving table's key the target column that carries it; empty unless
     * all are carried.
     */
    Map<String, String> carriedKey() {
        Map<String, String> carried = new LinkedHashMap<>();
        List<String> key = source.key() == null ? List.of() : source.key().columns();
        for (String name : key) {
            entry.columns().stream()
                    .filter(column -> name.equals(column.sourceColumn()))
                    .findFirst()
                    .ifPresent(column -> carried.put(name, column.target()));
        }
        return carried.size() == key.size() ? carried : Map.of();
    }

    /** Which target columns the entry feeds with a plain column of the driving table's key. */
    boolean carriesSourceKey(List<String> targetColumns) {
        if (source.key() == null || !plain()) {
            return false;
        }
        Set<String> feeding =
                entry.columns().stream()
                        .filter(column -> targetColumns.contains(column.target()))
                        .filter(column -> type(column.target()).sort() == StoredType.Sort.BUILT_IN)
                        .filter(
                                column ->
                                        sourceColumn(column)
                                                .filter(from -> keeps(from, column))
                                                .isPresent())
                        .map(DerivedColumn::sourceColumn)
                        .collect(Collectors.toSet());
        return feeding.containsAll(source.key().columns());
    }

    private boolean keeps(Column from, DerivedColumn column) {
        StoredType type = type(column.target());
        return from.type().builtIn()
                && from.type().base().equals(type.base())
                && kept(column).equals(typed(column));
    }
}
