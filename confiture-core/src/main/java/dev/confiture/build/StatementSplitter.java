package dev.confiture.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a file into statements by the rules of psql: a semicolon ends a statement unless it is in a
 * string, a quoted name, a comment, parentheses (CREATE RULE) or the BEGIN ATOMIC body of a
 * function. The driver's own parser does not know CASE … END in such a body.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/fe_utils/psqlscan.l">psql's
 *     scanner</a>
 */
final class StatementSplitter {
    /** What a backslash is inside of quotes. */
    private enum Backslash {
        PLAIN,
        ESCAPES
    }

    /** Lines that newer pg_dump writes for psql; they mean nothing to a server. */
    private static final Pattern RESTRICTION =
            Pattern.compile("\\\\(un)?restrict[ \\t]+[A-Za-z0-9]+[ \\t]*\\r?(?=\\n|\\z)");

    private static final int NO_STATEMENT = -1;
    private static final int WORDS_KEPT = 64;

    private final String text;
    private final StringBuilder clean;
    private final List<Statement> statements = new ArrayList<>();
    private int at;
    private int start = NO_STATEMENT;
    private int parentheses;
    private int bodies;
    private List<String> words = new ArrayList<>();

    private StatementSplitter(String text) {
        this.text = text;
        this.clean = new StringBuilder(text);
    }

    static Script split(SqlFile file) {
        return new StatementSplitter(file.text()).scan(file);
    }

    private Script scan(SqlFile file) {
        while (at < text.length()) {
            int blank = afterBlankOrComment();
            if (blank > at) {
                at = blank;
            } else if (endsStatement()) {
                finish();
                at++;
            } else {
                if (start == NO_STATEMENT) {
                    start = at;
                }
                at = afterToken();
            }
        }
        finish();
        return new Script(file, clean.toString(), statements);
    }

    private boolean endsStatement() {
        return text.charAt(at) == ';' && parentheses == 0 && bodies == 0;
    }

    private void finish() {
        if (start != NO_STATEMENT) {
            statements.add(new Statement(start, text.substring(start, at), words));
        }
        start = NO_STATEMENT;
        parentheses = 0;
        bodies = 0;
        words = new ArrayList<>();
    }

    private int afterBlankOrComment() {
        if (Character.isWhitespace(text.charAt(at))) {
            return at + 1;
        }
        if (text.startsWith("--", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end + 1;
        }
        return text.startsWith("/*", at) ? afterBlockComment() : afterRestriction();
    }

    private int afterRestriction() {
        if (start != NO_STATEMENT || text.charAt(at) != '\\') {
            return at;
        }
        Matcher restriction = RESTRICTION.matcher(text).region(at, text.length());
        if (!restriction.lookingAt()) {
            return at;
        }
        for (int index = at; index < restriction.end(); index++) {
            clean.setCharAt(index, ' ');
        }
        return restriction.end();
    }

    /** Block comments nest. */
    private int afterBlockComment() {
        int depth = 1;
        int index = at + 2;
        while (index < text.length() && depth > 0) {
            if (text.startsWith("/*", index)) {
                depth++;
                index += 2;
            } else if (text.startsWith("*/", index)) {
                depth--;
                index += 2;
            } else {
                index++;
            }
        }
        return index;
    }

    private int afterToken() {
        char character = text.charAt(at);
        if (isWordStart(character)) {
            return afterWord();
        }
        switch (character) {
            case '(' -> parentheses++;
            case ')' -> parentheses = Math.max(0, parentheses - 1);
            case '\'' -> {
                return afterQuoted('\'', Backslash.PLAIN);
            }
            case '"' -> {
                return afterQuoted('"', Backslash.PLAIN);
            }
            case '$' -> {
                return afterDollar();
            }
            default -> {
                return at + 1;
            }
        }
        return at + 1;
    }

    private int afterWord() {
        int end = at + 1;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        String word = text.substring(at, end).toLowerCase(Locale.ROOT);
        if (word.equals("e") && end < text.length() && text.charAt(end) == '\'') {
            at = end;
            return afterQuoted('\'', Backslash.ESCAPES);
        }
        if (parentheses == 0) {
            follow(word);
        }
        return end;
    }

    /** BEGIN … END nests only in the body of a function; elsewhere these are statements. */
    private void follow(String word) {
        if (words.size() < WORDS_KEPT) {
            words.add(word);
        }
        if (!isRoutine()) {
            return;
        }
        if (word.equals("begin") || (word.equals("case") && bodies > 0)) {
            bodies++;
        } else if (word.equals("end") && bodies > 0) {
            bodies--;
        }
    }

    private boolean isRoutine() {
        int kind = words.size() > 3 && words.get(1).equals("or") ? 3 : 1;
        return words.size() > kind
                && words.getFirst().equals("create")
                && (words.get(kind).equals("function") || words.get(kind).equals("procedure"));
    }

    /** From the opening quote; a doubled quote ends one part and opens the next. */
    private int afterQuoted(char quote, Backslash backslash) {
        int index = at;
        do {
            index++;
            while (index < text.length() && text.charAt(index) != quote) {
                boolean escapes = backslash == Backslash.ESCAPES && text.charAt(index) == '\\';
                index += escapes ? 2 : 1;
            }
            index++;
        } while (index < text.length() && text.charAt(index) == quote);
        return Math.min(index, text.length());
    }

    private int afterDollar() {
        int end = at + 1;
        while (end < text.length() && isTagPart(text.charAt(end))) {
            end++;
        }
        boolean opens =
                end < text.length()
                        && text.charAt(end) == '$'
                        && !Character.isDigit(text.charAt(at + 1));
        if (!opens) {
            return at + 1;
        }
        String tag = text.substring(at, end + 1);
        int close = text.indexOf(tag, end + 1);
        return close < 0 ? text.length() : close + tag.length();
    }

    private static boolean isWordStart(char character) {
        return Character.isLetter(character) || character == '_' || character >= 0x80;
    }

    private static boolean isWordPart(char character) {
        return isWordStart(character) || Character.isDigit(character) || character == '$';
    }

    private static boolean isTagPart(char character) {
        return isWordStart(character) || Character.isDigit(character);
    }
}
