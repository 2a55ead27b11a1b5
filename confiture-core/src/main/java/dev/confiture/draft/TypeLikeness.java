package dev.confiture.draft;

import dev.confiture.catalog.ColumnType;
import java.util.Locale;

/** How easily a value of one type becomes a value of another, as refactorings do it. */
final class TypeLikeness {
    private static final double SAME_FAMILY = 0.7;

    /** Texts become uuids, dates or enums, and flags were numbers once. */
    private static final double USUAL_CHANGE = 0.4;

    /** What sort of values a type holds. */
    enum Family {
        TEXT,
        NUMBER,
        TIME,
        BOOLEAN,
        DOCUMENT,
        ARRAY,
        OTHER
    }

    private TypeLikeness() {}

    static double of(ColumnType one, ColumnType other) {
        if (one.sameBase(other)) {
            return 1;
        }
        Family family = family(one);
        Family otherFamily = family(other);
        if (family == otherFamily && family != Family.OTHER) {
            return SAME_FAMILY;
        }
        boolean text = family == Family.TEXT || otherFamily == Family.TEXT;
        boolean flag = isFlag(family, otherFamily) || isFlag(otherFamily, family);
        return text || flag ? USUAL_CHANGE : 0;
    }

    static Family family(ColumnType type) {
        if (type.kind() == ColumnType.Kind.ARRAY) {
            return Family.ARRAY;
        }
        String base = type.base().toLowerCase(Locale.ROOT);
        if (base.endsWith("citext")) {
            return Family.TEXT;
        }
        return switch (base) {
            case "text", "character varying", "bpchar", "character", "name" -> Family.TEXT;
            case "smallint", "integer", "bigint", "numeric", "real", "double precision", "money" ->
                    Family.NUMBER;
            case "boolean" -> Family.BOOLEAN;
            case "json", "jsonb" -> Family.DOCUMENT;
            default -> base.equals("date") || base.startsWith("time") ? Family.TIME : Family.OTHER;
        };
    }

    private static boolean isFlag(Family one, Family other) {
        return one == Family.BOOLEAN && other == Family.NUMBER;
    }
}
