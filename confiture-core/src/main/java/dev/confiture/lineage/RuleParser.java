package dev.confiture.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of a node tree: {@code {TYPE :field value :field (value value)}}. A backslash
 * takes the meaning off the next character; {@code <>} stands for nothing.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/nodes/read.c">read.c</a>
 */
final class RuleParser {
    /** What stands for an empty field; told from a text by its identity. */
    private static final Object NOTHING = new Object();

    private final String text;
    private int at;

    private RuleParser(String text) {
        this.text = text;
    }

    /** The query of a view. */
    static RuleNode parse(String text) {
        Object root = new RuleParser(text).value();
        if (root instanceof List<?> list && list.getFirst() instanceof RuleNode query) {
            return query;
        }
        throw new IllegalStateException("not a stored rule: " + text);
    }

    private Object value() {
        return switch (next()) {
            case '{' -> node();
            case '(' -> list();
            default -> atom();
        };
    }

    /** The character that comes after the blanks. */
    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private RuleNode node() {
        at++;
        String type = String.valueOf(atom());
        Map<String, Object> fields = new HashMap<>();
        while (next() != '}') {
            String name = String.valueOf(atom()).substring(1);
            Object value = value();
            if (value != NOTHING) {
                fields.put(name, value);
            }
            skipBytes();
        }
        at++;
        return new RuleNode(type, fields);
    }

    /** The value of a constant is a length and that many bytes. */
    private void skipBytes() {
        while (next() != ':' && text.charAt(at) != '}') {
            value();
        }
    }

    private List<Object> list() {
        at++;
        List<Object> values = new ArrayList<>();
        while (next() != ')') {
            values.add(value());
        }
        at++;
        return values;
    }

    private Object atom() {
        int start = at;
        StringBuilder atom = new StringBuilder();
        while (at < text.length() && !endsAtom(text.charAt(at))) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            atom.append(text.charAt(at));
            at++;
        }
        if (text.startsWith("<>", start) && atom.length() == 2) {
            return NOTHING;
        }
        return text.charAt(start) == '"' ? atom.substring(1, atom.length() - 1) : atom.toString();
    }

    private static boolean endsAtom(char character) {
        return Character.isWhitespace(character) || "(){}".indexOf(character) >= 0;
    }
}
