package dev.confiture.lineage;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words a server's refusal of SQL of the user's, which it saw inside of SQL of ours. */
final class ProbeFailure {
    /** {@code at or near "'x …"}, which quotes all that follows. */
    private static final Pattern NEAR_MANY_LINES =
            Pattern.compile("(?s) at or near \"([^\\n]*)\\n.*\" \\[SQLSTATE");

    private ProbeFailure() {}

    static ConfitureException of(SqlFailure failure, String select) {
        if (failure.is(SqlState.UNDEFINED_COLUMN)) {
            return new ConfitureException(
                    ErrorCode.COLUMN_NOT_FOUND, failure.getMessage(), failure.hint(), failure);
        }
        if (!failure.is(SqlState.SYNTAX_ERROR)) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage());
        if (pointsBehind(failure.position(), select)) {
            message = message.replaceFirst(" at or near .* \\[SQLSTATE", " at its end [SQLSTATE");
            return new ConfitureException(
                    ErrorCode.MAPPING,
                    message,
                    "Is something missing there, or a parenthesis left open?",
                    failure);
        }
        Matcher near = NEAR_MANY_LINES.matcher(message);
        message = near.replaceFirst(" at or near \"$1\" [SQLSTATE");
        return new ConfitureException(ErrorCode.MAPPING, message, failure.hint(), failure);
    }

    /**
     * Whether the server stumbled over what stands behind a piece of the user's: that is enclosed
     * in parentheses, the second of which has a line of its own.
     */
    private static boolean pointsBehind(int position, String select) {
        int index = position - 1 - ResultTypes.BEFORE.length();
        if (index < 0 || index >= select.length()) {
            return index >= select.length();
        }
        int line = select.lastIndexOf('\n', index) + 1;
        return line > 0
                && (select.startsWith(") AS ", line)
                        || (select.startsWith(")", line) && select.indexOf('\n', line) < 0));
    }
}
