package dev.confiture.postgres;

import dev.confiture.catalog.Literal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a query fail in words of our own, as a data exception about the row that it is at, without a
 * function made for it. Such an exception quotes a value, which {@link SqlFailure} keeps to itself;
 * these words it tells.
 */
public final class OwnWords {
    private static final String BEGIN = "<confiture: ";
    private static final String END = ">";

    private static final Pattern SAID =
            Pattern.compile(Pattern.quote(BEGIN) + "(.*)" + Pattern.quote(END), Pattern.DOTALL);

    private OwnWords() {}

    /**
     * An expression of type text that fails.
     *
     * @param value SQL over the row, which the expression says nothing of; a constant would fail
     *     when the query is planned, with no row that needs it
     */
    public static String failing(String words, String value) {
        return "CAST(CAST("
                + Literal.quote(BEGIN + words + END)
                + " OPERATOR(pg_catalog.||) pg_catalog.left(CAST("
                + value
                + " AS text), 0) AS integer) AS text)";
    }

    /** What such an expression was to say, if the message is that of its failure. */
    static Optional<String> in(@Nullable String message) {
        Matcher said = SAID.matcher(message == null ? "" : message);
        return said.find() ? Optional.of(said.group(1)) : Optional.empty();
    }
}
