package dev.confiture.mapping;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Table;
import java.util.Set;

/**
 * In which format the rows travel. Binary spares both servers the conversion to text and back, but
 * the receiver takes the bytes for what they are not if the types differ, so it is used only where
 * both sides have the very same type out of a list whose wire format has been the same in every
 * supported version.
 */
public enum CopyFormat {
    TEXT("(FORMAT text, ENCODING 'UTF8')"),
    BINARY("(FORMAT binary)");

    private static final Set<String> SAFE_IN_BINARY =
            Set.of(
                    "boolean",
                    "smallint",
                    "integer",
                    "bigint",
                    "real",
                    "double precision",
                    "numeric",
                    "text",
                    "character varying",
                    "bpchar",
                    "bytea",
                    "uuid",
                    "date",
                    "time without time zone",
                    "time with time zone",
                    "timestamp without time zone",
                    "timestamp with time zone",
                    "interval",
                    "json",
                    "jsonb");

    private final String options;

    CopyFormat(String options) {
        this.options = options;
    }

    /** The options of the COPY statement, on either side. */
    public String options() {
        return options;
    }

    /** The format for an entry whose rows go into this table. */
    public static CopyFormat of(Derivation derivation, Table target) {
        return !derivation.columns().isEmpty()
                        && derivation.columns().stream()
                                .allMatch(column -> safeInBinary(column, target))
                ? BINARY
                : TEXT;
    }

    private static boolean safeInBinary(DerivedColumn derived, Table target) {
        return target.column(derived.target())
                .filter(column -> sameBytes(derived, column))
                .isPresent();
    }

    /** Whether both servers write the bytes of equal values alike, whatever their versions. */
    public static boolean sameBytes(DerivedColumn derived, Column column) {
        ColumnType type = column.type();
        return type.builtIn()
                && SAFE_IN_BINARY.contains(type.base())
                && type.sameBase(derived.result());
    }
}
