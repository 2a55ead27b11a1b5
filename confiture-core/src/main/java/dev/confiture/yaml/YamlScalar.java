package dev.confiture.yaml;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a text as a single value of a YAML file, on one line. */
public final class YamlScalar {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_.]*");

    /** What other readers, editors among them, take for something else than a text. */
    private static final Set<String> RESERVED =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private YamlScalar() {}

    /** The text as it stands if every reader takes it for a text, else in double quotes. */
    public static String write(String text) {
        boolean plain =
                PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quote(text);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> append(quoted, character));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int character) {
        if (character == '"' || character == '\\') {
            quoted.append('\\').appendCodePoint(character);
        } else if (isVisible(character)) {
            quoted.appendCodePoint(character);
        } else if (character <= 0xFFFF) {
            quoted.append("\\u%04x".formatted(character));
        } else {
            quoted.append("\\U%08x".formatted(character));
        }
    }

    /** Marks of direction and the like would make the file look other than it is. */
    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
