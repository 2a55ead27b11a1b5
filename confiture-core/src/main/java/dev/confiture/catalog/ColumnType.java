package dev.confiture.catalog;

/**
 * The type of a column.
 *
 * @param declared the type with its modifier as the server writes it under an empty search_path,
 *     such as {@code character varying(20)} or {@code public.mood}
 * @param base the same without the modifier and safe in a cast, such as {@code character varying},
 *     {@code bpchar}, {@code "bit"}
 * @param builtIn whether every PostgreSQL server has this type (it was made by initdb, and so were
 *     its element type and its base type)
 * @param kind what sort of type it is
 */
public record ColumnType(String declared, String base, boolean builtIn, Kind kind) {
    /** {@code pg_type.typtype}, with arrays told apart. */
    public enum Kind {
        BASE,
        ARRAY,
        COMPOSITE,
        DOMAIN,
        ENUM,
        RANGE,
        MULTIRANGE,
        PSEUDO
    }

    /** Whether both are the same type, whatever their modifiers. */
    public boolean sameBase(ColumnType other) {
        return base.equals(other.base);
    }
}
