package dev.confiture.analyze.prove;

import java.util.List;

/**
 * The type in which a target column keeps its values, once all domains are taken off.
 *
 * @param base the type's name without its modifier, safe in a cast
 * @param declared the same with its modifier, for people and for rounding
 * @param modifier {@code pg_attribute.atttypmod}, or -1
 * @param labels of an enum, in its order
 */
record StoredType(String base, String declared, int modifier, Sort sort, List<String> labels) {
    /** {@code VARHDRSZ}: by so much the modifiers of texts and numbers are higher than they say. */
    private static final int OFFSET = 4;

    private static final int SCALE_MASK = 0x7ff;
    private static final int SCALE_SIGN = 1024;

    /** What the source can make of a value of the type. */
    enum Sort {
        /** Every server has it. */
        BUILT_IN,
        /** Its labels are compared as text. */
        ENUM,
        /** Only the target knows how its values are written and compared. */
        OTHER
    }

    StoredType {
        labels = List.copyOf(labels);
    }

    boolean limited() {
        return modifier >= 0;
    }

    /** The n of {@code varchar(n)} and {@code char(n)}. */
    int length() {
        return modifier - OFFSET;
    }

    /** The p of {@code numeric(p,s)}. */
    int precision() {
        return ((modifier - OFFSET) >> 16) & 0xffff;
    }

    /**
     * The s of {@code numeric(p,s)}, which may be negative from PostgreSQL 15 on.
     *
     * @see <a
     *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/utils/adt/numeric.c">{@code
     *     numeric_typmod_scale}</a>
     */
    int scale() {
        return (((modifier - OFFSET) & SCALE_MASK) ^ SCALE_SIGN) - SCALE_SIGN;
    }

    /** The value in a type that the source has. */
    String typed(String given, String givenBase) {
        if (sort != Sort.BUILT_IN) {
            return "CAST(" + given + " AS text)";
        }
        return givenBase.equals(base) ? given : "CAST(" + given + " AS " + base + ")";
    }

    /**
     * What the column keeps of a value that fits: rounded, and without the blanks that are too
     * many.
     *
     * @param value of {@link #typed}
     */
    String kept(String value) {
        if (sort != Sort.BUILT_IN || !limited()) {
            return value;
        }
        return switch (base) {
            case "numeric" -> "round(" + value + ", " + scale() + ")";
            case "character varying" -> withoutBlanks(value);
            case "timestamp without time zone",
                    "timestamp with time zone",
                    "time without time zone",
                    "time with time zone",
                    "interval" ->
                    "CAST(" + value + " AS " + declared + ")";
            default -> value;
        };
    }

    /** What is too long by nothing but blanks is cut; anything else is refused elsewhere. */
    private String withoutBlanks(String value) {
        return "CASE WHEN char_length("
                + value
                + ") > "
                + length()
                + " AND char_length(rtrim("
                + value
                + ", ' ')) <= "
                + length()
                + " THEN CAST(\"left\"("
                + value
                + ", "
                + length()
                + ") AS character varying) ELSE "
                + value
                + " END";
    }
}
