package dev.confiture.mapping;

import java.util.Optional;

/**
 * Holds that a piece of SQL ends where it seems to: it is put between parentheses, and one that
 * closes them would take what stands behind it for its own. Knows quotes and comments, and nothing
 * else of SQL.
 */
final class SqlPiece {
    private final String sql;
    private int at;
    private int depth;

    private SqlPiece(String sql) {
        this.sql = sql;
    }

    /** What is wrong with it, as the end of a sentence; empty if nothing is. */
    static Optional<String> flaw(String sql) {
        return new SqlPiece(sql).flaw();
    }

    private Optional<String> flaw() {
        while (at < sql.length()) {
            char character = sql.charAt(at);
            switch (character) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ';' -> {
                    return Optional.of("holds a semicolon");
                }
                default -> skipQuoted(character);
            }
            if (depth < 0) {
                return Optional.of("closes a parenthesis that it has not opened");
            }
            at++;
        }
        return depth > 0 ? Optional.of("leaves a parenthesis open") : Optional.empty();
    }

    /** Stops at the last character of what is quoted; what never ends is for the server to say. */
    private void skipQuoted(char character) {
        if (character == '\'' && isEscapeString()) {
            skipEscapeString();
        } else if (character == '\'' || character == '"') {
            skipTo(String.valueOf(character), 1);
        } else if (sql.startsWith("--", at)) {
            skipTo("\n", 2);
        } else if (sql.startsWith("/*", at)) {
            skipComment();
        } else if (character == '$' && !continuesName()) {
            skipDollars();
        }
    }

    private void skipTo(String end, int from) {
        int found = sql.indexOf(end, at + from);
        at = found < 0 ? sql.length() : found + end.length() - 1;
    }

    private boolean isEscapeString() {
        boolean escape = at > 0 && "eE".indexOf(sql.charAt(at - 1)) >= 0;
        return escape && (at == 1 || !isNamePart(sql.charAt(at - 2)));
    }

    private void skipEscapeString() {
        at++;
        while (at < sql.length() && sql.charAt(at) != '\'') {
            at += sql.charAt(at) == '\\' ? 2 : 1;
        }
    }

    /** Comments of this kind stand within one another. */
    private void skipComment() {
        int open = 0;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                open++;
                at++;
            } else if (sql.startsWith("*/", at)) {
                open--;
                at++;
                if (open == 0) {
                    return;
                }
            }
            at++;
        }
    }

    private boolean continuesName() {
        return at > 0 && isNamePart(sql.charAt(at - 1));
    }

    private static boolean isNamePart(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    /** {@code $$…$$} or {@code $tag$…$tag$}; {@code $1} is neither. */
    private void skipDollars() {
        int end = at + 1;
        while (end < sql.length() && isNamePart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        boolean tag = end < sql.length() && sql.charAt(end) == '$';
        if (tag && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1)))) {
            String delimiter = sql.substring(at, end + 1);
            skipTo(delimiter, delimiter.length());
        }
    }
}
