package dev.confiture.yaml;

import dev.confiture.error.ConfitureException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Says in one line what the parser says in many. The parser's own exception is not kept as the
 * cause: it quotes the lines of the file, which may hold a password.
 */
final class YamlSyntaxFailure {
    /** Without quotes it would be an alias. */
    static final String ASTERISK =
            "Quote a key that begins with an asterisk, as in \"*\": {} for every other table.";

    private YamlSyntaxFailure() {}

    static ConfitureException of(
            YamlPosition start, String text, MarkedYamlEngineException failure) {
        Optional<Mark> mark = place(failure);
        int line = mark.map(found -> found.getLine() + 1).orElse(1);
        int column = mark.map(found -> found.getColumn() + 1).orElse(1);
        String context = failure.getContext() == null ? "" : failure.getContext() + ", ";
        String problem = oneLine(context + failure.getProblem());
        return at(start, line, "column " + column + ": " + problem, hint(text, line));
    }

    static ConfitureException of(YamlPosition start, String text, ReaderException failure) {
        int end = text.offsetByCodePoints(0, Math.min(failure.getPosition(), count(text)));
        int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
        String character = String.format(Locale.ROOT, "U+%04X", failure.getCodePoint());
        return at(start, line, "the character " + character + " is not allowed", null);
    }

    /** A key without its colon is noticed only where the next token begins, lines below. */
    private static Optional<Mark> place(MarkedYamlEngineException failure) {
        return "while scanning a simple key".equals(failure.getContext())
                ? failure.getContextMark()
                : failure.getProblemMark().or(failure::getContextMark);
    }

    private static ConfitureException at(
            YamlPosition start, int line, String problem, @Nullable String hint) {
        return new YamlPosition(start.file(), line, start.code())
                .failure("not valid YAML: " + problem, hint);
    }

    private static @Nullable String hint(String text, int line) {
        String wrong = text.lines().skip(line - 1L).findFirst().orElse("");
        if (wrong.strip().startsWith("*")) {
            return ASTERISK;
        }
        return wrong.contains("\t") ? "Indent with blanks, not with tabs." : null;
    }

    private static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s+", " ").strip();
    }
}
