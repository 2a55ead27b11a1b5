package dev.confiture.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that name a row, as one text: a PostgreSQL array literal, so that any server takes it
 * apart again with {@code CAST(… AS text[])}. Equal keys have equal texts.
 */
public final class KeyText {
    private KeyText() {}

    /** The texts of the values as the server wrote them, in a fixed order; null is NULL. */
    public static String of(List<? extends @Nullable String> values) {
        StringBuilder literal = new StringBuilder("{");
        for (String value : values) {
            if (literal.length() > 1) {
                literal.append(',');
            }
            if (value == null) {
                literal.append("NULL");
            } else {
                append(literal, value);
            }
        }
        return literal.append('}').toString();
    }

    private static void append(StringBuilder literal, String value) {
        literal.append('"');
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            if (character == '"' || character == '\\') {
                literal.append('\\');
            }
            literal.append(character);
        }
        literal.append('"');
    }
}
