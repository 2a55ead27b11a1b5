package dev.confiture.analyze;

import dev.confiture.catalog.Column;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a column of the old schema gets its value again when the new database is carried back.
 */
public enum WayBack {
    /** The cast back gives the value that was there. */
    LOSSLESS,
    /** Nothing of the new schema feeds it, and rows made there need a value for it. */
    NEEDS_A_DEFAULT,
    /** What the way there altered or computed cannot be had again from the result alone. */
    ENDS_HERE;

    /** For people and for JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Of a target column that an entry feeds. Expressions of {@code reverse} give back what no cast
     * can.
     *
     * @param change of the cast, or empty if the column is computed
     */
    static WayBack of(Derivation entry, DerivedColumn column, Optional<TypeChangeClass> change) {
        Set<String> reversed = entry.lineage().reverse().keySet();
        boolean lossless =
                change.isEmpty()
                        ? reversed.containsAll(computedFrom(entry))
                        : change.get() != TypeChangeClass.LOSSY
                                || reversed.contains(column.sourceColumn());
        return lossless ? LOSSLESS : ENDS_HERE;
    }

    /** The driving table's columns that the entry reads but carries nowhere as they are. */
    private static Set<String> computedFrom(Derivation entry) {
        Set<String> columns =
                new HashSet<>(entry.lineage().reads().getOrDefault(entry.source(), Set.of()));
        entry.columns().forEach(column -> columns.remove(column.sourceColumn()));
        return columns;
    }

    /**
     * Of a source column that is left behind. Rows that are there keep what they have; only those
     * that the new database adds miss a value.
     */
    static WayBack leftBehind(Derivation entry, Column column) {
        return column.mayBeOmitted() || entry.lineage().reverse().containsKey(column.name())
                ? LOSSLESS
                : NEEDS_A_DEFAULT;
    }
}
