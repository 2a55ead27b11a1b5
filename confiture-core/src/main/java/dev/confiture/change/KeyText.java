package dev.confiture.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that name a row, as one text: a PostgreSQL array literal, so that any server takes it
 * apart again with {@code CAST(… AS text[])}. It is written just as the server writes an array, so
 * that equal keys have equal texts, whoever wrote them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">Array input and
 *     output syntax</a>
 */
public final class KeyText {
    /** What makes the server quote an element; blanks are those that it takes for blanks. */
    private static final String SPECIAL = "\"\\{}, \t\n\r\u000B\f";

    /** By character; all others are taken as they are. */
    private static final boolean[] IS_SPECIAL = new boolean[128];

    static {
        SPECIAL.chars().forEach(character -> IS_SPECIAL[character] = true);
    }

    private KeyText() {}

    /** The texts of the values as the server wrote them, in a fixed order; null is NULL. */
    public static String of(List<? extends @Nullable String> values) {
        StringBuilder literal = new StringBuilder("{");
        for (String value : values) {
            if (literal.length() > 1) {
                literal.append(',');
            }
            append(literal, value);
        }
        return literal.append('}').toString();
    }

    private static void append(StringBuilder literal, @Nullable String value) {
        if (value == null) {
            literal.append("NULL");
        } else if (needsQuotes(value)) {
            literal.append('"');
            literal.append(value.replace("\\", "\\\\").replace("\"", "\\\""));
            literal.append('"');
        } else {
            literal.append(value);
        }
    }

    private static boolean needsQuotes(String value) {
        if (value.isEmpty() || value.equalsIgnoreCase("NULL")) {
            return true;
        }
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            if (character < IS_SPECIAL.length && IS_SPECIAL[character]) {
                return true;
            }
        }
        return false;
    }
}
