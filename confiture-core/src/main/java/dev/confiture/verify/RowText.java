package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Identifier;
import dev.confiture.mapping.DerivedColumn;
import java.util.Set;

/**
 * The text by which a value is compared: what the target's column writes for it. Both servers write
 * under the same pinned settings, so that equal values have equal texts. Where the source cannot
 * know what the target makes of a value (a domain, a type of the target's own), its text may differ
 * although the values agree: that costs a second look on the target, and no more.
 */
final class RowText {
    /** Types whose modifier rounds; a cast to them cannot hide a value that does not fit. */
    private static final Set<String> ROUNDED_TIMES =
            Set.of(
                    "time without time zone",
                    "time with time zone",
                    "timestamp without time zone",
                    "timestamp with time zone",
                    "interval");

    private RowText() {}

    /** The value of a column of the target, or of a table with the same columns. */
    static String stored(String alias, Column column) {
        return trimmed(reference(alias, column.name()), column.type());
    }

    /** The value that the source gives for a column, as the column would store it. */
    static String wanted(String alias, DerivedColumn derived, Column column) {
        String value = reference(alias, column.name());
        ColumnType type = column.type();
        if (type.declared().equals(type.base()) || !derived.result().sameBase(type)) {
            return trimmed(value, type);
        }
        if (derived.result().declared().equals(type.declared())) {
            return trimmed(value, type);
        }
        if (type.base().equals("numeric")) {
            // Not a cast: it would fail where the value does not fit.
            return "pg_catalog.round(" + value + ", " + scale(type.declared()) + ")";
        }
        return ROUNDED_TIMES.contains(type.base())
                ? "CAST(" + value + " AS " + type.declared() + ")"
                : trimmed(value, type);
    }

    /** The blanks that fill a {@code character(n)} mean nothing; a cast to text drops them. */
    private static String trimmed(String value, ColumnType type) {
        return type.base().equals("bpchar") ? "CAST(" + value + " AS text)" : value;
    }

    /** {@code numeric(12,-2)} has a scale of -2, {@code numeric(12,0)} one of 0. */
    private static String scale(String declared) {
        return declared.substring(declared.indexOf(',') + 1, declared.indexOf(')'));
    }

    /** A value by itself as text; NULL stays NULL. A composite of NULLs is a value. */
    static String alone(String value) {
        return "CASE WHEN "
                + value
                + " IS DISTINCT FROM NULL THEN pg_catalog.concat("
                + value
                + ") END COLLATE pg_catalog.\"C\"";
    }

    static String reference(String alias, String column) {
        return alias + "." + Identifier.quote(column);
    }
}
