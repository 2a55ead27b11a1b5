package dev.confiture.hop;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.DerivedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How the rows of one entry are found on either side.
 *
 * @param reading over the driving table (or the result of the user's own query) on the source
 * @param writing over the target table
 */
record RowKey(List<KeyColumn> reading, List<KeyColumn> writing) {
    /** What the target table is called in our statements. */
    static final String TARGET = "t";

    /** Types whose modifier rounds the value that is stored, so that a key is rounded as well. */
    private static final Set<String> ROUNDING =
            Set.of(
                    "numeric",
                    "interval",
                    "time without time zone",
                    "time with time zone",
                    "timestamp without time zone",
                    "timestamp with time zone");

    RowKey {
        reading = List.copyOf(reading);
        writing = List.copyOf(writing);
    }

    /** A column of the entry's driving table. */
    static KeyColumn sourceColumn(String alias, Column column, int position) {
        return new KeyColumn(
                Identifier.quote(alias) + "." + Identifier.quote(column.name()),
                position,
                List.of(column.type().base()));
    }

    /**
     * A column of the target whose value is carried from the source column that the text is of: it
     * goes the same way as the row's value does.
     */
    static KeyColumn carried(DerivedColumn derived, ColumnType from, Table target, int position) {
        List<String> casts = new ArrayList<>();
        if (from.builtIn()) {
            casts.add(from.base());
        }
        addResult(casts, derived);
        return stored(derived, casts, target, position);
    }

    /** A column of the target whose text is that of the entry's expression. */
    static KeyColumn computed(DerivedColumn derived, Table target, int position) {
        List<String> casts = new ArrayList<>();
        addResult(casts, derived);
        return stored(derived, casts, target, position);
    }

    private static void addResult(List<String> casts, DerivedColumn derived) {
        if (derived.result().builtIn()) {
            casts.add(derived.result().base());
        }
    }

    private static KeyColumn stored(
            DerivedColumn derived, List<String> casts, Table target, int position) {
        casts.add(stored(target.column(derived.target()).orElseThrow().type()));
        return new KeyColumn(
                TARGET + "." + Identifier.quote(derived.target()),
                position,
                casts.stream().distinct().toList());
    }

    /** What a value has to be cast to, to be as it is in a column of this type. */
    static String stored(ColumnType type) {
        return ROUNDING.contains(type.base()) ? type.declared() : type.base();
    }
}
