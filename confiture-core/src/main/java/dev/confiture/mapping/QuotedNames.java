package dev.confiture.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a text into names. A name in double quotes may hold anything, a double quote written
 * twice; other names end at a delimiter and lose the blanks around them. Case is kept as written.
 */
final class QuotedNames {
    /**
     * One name, without its quotes.
     *
     * @param delimiter the character that ended it, or 0 at the end of the text
     */
    record Part(String name, char delimiter) {}

    private static final char QUOTE = '"';

    private final String text;
    private final String delimiters;
    private int position;

    private QuotedNames(String text, String delimiters) {
        this.text = text;
        this.delimiters = delimiters;
    }

    /** At least one part; nothing if the quotes do not fit. An unquoted name may be empty. */
    static Optional<List<Part>> split(String text, String delimiters) {
        return new QuotedNames(text, delimiters).parts();
    }

    private Optional<List<Part>> parts() {
        List<Part> parts = new ArrayList<>();
        do {
            skipBlanks();
            Optional<String> name = peek() == QUOTE ? quoted() : bare();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new Part(name.get(), peek()));
            position++;
        } while (position <= text.length());
        return Optional.of(parts);
    }

    private Optional<String> quoted() {
        StringBuilder name = new StringBuilder();
        position++;
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next == QUOTE && peek() != QUOTE) {
                skipBlanks();
                return name.isEmpty() || !atDelimiter()
                        ? Optional.empty()
                        : Optional.of(name.toString());
            }
            if (next == QUOTE) {
                position++;
            }
            name.append(next);
        }
        return Optional.empty();
    }

    private Optional<String> bare() {
        int start = position;
        while (!atDelimiter()) {
            position++;
        }
        String name = text.substring(start, position).strip();
        return name.indexOf(QUOTE) >= 0 ? Optional.empty() : Optional.of(name);
    }

    private void skipBlanks() {
        while (peek() == ' ') {
            position++;
        }
    }

    private boolean atDelimiter() {
        return position >= text.length() || delimiters.indexOf(text.charAt(position)) >= 0;
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : 0;
    }
}
