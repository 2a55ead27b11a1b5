package dev.confiture.inverse;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.LongForm;
import dev.confiture.mapping.RowQuery;
import dev.confiture.mapping.TypeChangeClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the mapping, seen from its other end.
 *
 * @param origin SQL over the new table that is true for the rows which the entry has made, or null
 *     if all of them are its own; held against {@code originColumns}
 */
record Part(
        Derivation entry,
        Table old,
        Table made,
        Set<String> originColumns,
        @Nullable String origin) {
    /** Whether a row of the old table gives one row of the new one, or none. */
    boolean follows() {
        return entry.query().followsTheDrivingTable();
    }

    /** The condition that says which old rows are carried, or null. */
    @Nullable String where() {
        return entry.query() instanceof RowQuery.FromTable query ? query.where() : null;
    }

    /** Whether a row may be left out because it has no partner in another table. */
    boolean leavesOut() {
        return entry.query() instanceof RowQuery.FromTable query
                && query.joins().stream().anyMatch(join -> join.type() == LongForm.Join.Type.INNER);
    }

    /** The column of the new table that carries an old one just as it is or cast, if one does. */
    Optional<String> image(String oldColumn) {
        return Optional.ofNullable(feeds().get(oldColumn)).map(Feed::column);
    }

    /** What the new table gives back, by the old table's columns. */
    Map<String, Feed> feeds() {
        Map<String, Feed> feeds = new LinkedHashMap<>();
        for (Column column : old.columns()) {
            if (!column.generated()) {
                feed(column).ifPresent(feed -> feeds.put(column.name(), feed));
            }
        }
        return feeds;
    }

    private Optional<Feed> feed(Column column) {
        String reverse = entry.lineage().reverse().get(column.name());
        return reverse != null
                ? Optional.of(Feed.reverse(made, reverse))
                : carrier(column).map(carrier -> Feed.of(made, carrier.target()));
    }

    /** The first one that had every value of the old column as it was. */
    private Optional<DerivedColumn> carrier(Column column) {
        return carriers(column).stream()
                .filter(carrier -> change(column, carrier) != TypeChangeClass.LOSSY)
                .findFirst();
    }

    /**
     * How a value that the old column cannot hold as it is is told, if there may be one. What
     * {@code reverse} says is meant as it is written.
     */
    Optional<ExactCast> cast(Column column) {
        return entry.lineage().reverse().containsKey(column.name())
                ? Optional.empty()
                : carrier(column)
                        .map(carrier -> made.column(carrier.target()).orElseThrow())
                        .flatMap(from -> ExactCast.of(made, from, old, column));
    }

    private List<DerivedColumn> carriers(Column column) {
        return entry.columns().stream()
                .filter(derived -> column.name().equals(derived.sourceColumn()))
                .toList();
    }

    private TypeChangeClass change(Column column, DerivedColumn carrier) {
        return TypeChangeClass.of(
                column.type(), made.column(carrier.target()).orElseThrow().type());
    }

    /** The key by which old rows are known. */
    List<String> key() {
        if (!entry.sourceKey().isEmpty()) {
            return entry.sourceKey();
        }
        return old.key() == null ? List.of() : old.key().columns();
    }

    /** Why a column that the entry carries is not among {@link #feeds}. */
    Optional<String> alteration(Column column) {
        return carriers(column).stream()
                .findFirst()
                .map(carrier -> made.column(carrier.target()).orElseThrow().type())
                .map(type -> "it became " + type.declared() + ", which may alter a value");
    }
}
