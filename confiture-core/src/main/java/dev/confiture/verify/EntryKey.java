package dev.confiture.verify;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.RowQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an entry gives for a key of its target table, as SQL over the rows that it reads.
 *
 * @param driving the entry's driving table
 * @param values one for each column of the key
 */
record EntryKey(Derivation entry, Table driving, List<Value> values) {
    EntryKey {
        values = List.copyOf(values);
    }

    /**
     * A column of the key.
     *
     * @param carried the column of the driving table that it is, or null if it is computed
     */
    record Value(String sql, ColumnType type, @Nullable Column carried) {
        boolean mayBeNull() {
            return carried == null || !carried.notNull();
        }
    }

    /** Empty if only the target knows the values. */
    static Optional<EntryKey> of(Catalog source, Derivation entry, Key key) {
        Table driving = source.require(entry.source());
        List<Value> values = new ArrayList<>();
        for (String column : key.columns()) {
            entry.columns().stream()
                    .filter(derived -> derived.target().equals(column))
                    .findFirst()
                    .flatMap(derived -> value(entry, driving, derived))
                    .ifPresent(values::add);
        }
        return values.size() == key.columns().size()
                ? Optional.of(new EntryKey(entry, driving, values))
                : Optional.empty();
    }

    private static Optional<Value> value(Derivation entry, Table driving, DerivedColumn derived) {
        if (entry.query().followsTheDrivingTable() && derived.sourceColumn() != null) {
            return driving.column(derived.sourceColumn()).map(column -> carried(driving, column));
        }
        return entry.lineage().evaluation() == Evaluation.SOURCE
                ? Optional.of(
                        new Value(RowQuery.enclose(derived.expression()), derived.result(), null))
                : Optional.empty();
    }

    private static Value carried(Table driving, Column column) {
        String alias = Identifier.quote(driving.name().name());
        return new Value(RowText.reference(alias, column.name()), column.type(), column);
    }

    /** Whether an index of the driving table is known that begins with the first column. */
    boolean hasIndex() {
        Column first = values.getFirst().carried;
        return first != null
                && driving.keys().stream()
                        .anyMatch(key -> key.columns().getFirst().equals(first.name()));
    }

    /**
     * Whether keys are to be compared column by column, and not as rows. The first column may be a
     * constant that tells the entry's rows from those of others: a comparison with it the planner
     * settles beforehand, but not one of whole rows. And through a foreign table only comparisons
     * of columns are put to the source.
     */
    boolean isComparedByColumns() {
        return entry.lineage().evaluation() == Evaluation.TARGET
                || (entry.query().followsTheDrivingTable() && values.getFirst().carried == null);
    }
}
