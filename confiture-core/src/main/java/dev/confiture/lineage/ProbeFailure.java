package dev.confiture.lineage;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words a server's refusal of SQL of the user's, which it saw inside of SQL of ours. */
final class ProbeFailure {
    /** {@code at or near "'x …"}, which quotes all that follows. */
    private static final Pattern NEAR_MANY_LINES =
            Pattern.compile("(?s) at or near \"([^\\n]*)\\n.*\" \\[SQLSTATE");

    /** Aggregates, window functions and sets where a condition is needed. */
    private static final Set<String> NOT_ALLOWED =
            Set.of(
                    SqlState.GROUPING_ERROR,
                    SqlState.WINDOWING_ERROR,
                    SqlState.FEATURE_NOT_SUPPORTED);

    private ProbeFailure() {}

    static ConfitureException of(SqlFailure failure, String select) {
        if (failure.is(SqlState.UNDEFINED_COLUMN)) {
            return new ConfitureException(
                    ErrorCode.COLUMN_NOT_FOUND, failure.getMessage(), failure.hint(), failure);
        }
        String message = String.valueOf(failure.getMessage());
        if (failure.is(SqlState.UNDEFINED_TABLE)) {
            return new ConfitureException(
                    ErrorCode.TABLE_NOT_FOUND, message, failure.hint(), failure);
        }
        if (NOT_ALLOWED.stream().anyMatch(failure::is) && message.contains("not allowed")) {
            return new ConfitureException(
                    ErrorCode.MAPPING,
                    message,
                    "Put it into a subselect, (SELECT … FROM …), or write a select for the entry.",
                    failure);
        }
        if (failure.is(SqlState.DUPLICATE_COLUMN)) {
            return new ConfitureException(
                    ErrorCode.MAPPING,
                    message,
                    "Give each column of the query a name of its own.",
                    failure);
        }
        if (!failure.is(SqlState.SYNTAX_ERROR)) {
            return failure;
        }
        if (pointsBehind(failure.position(), select)) {
            message = message.replaceFirst(" at or near .* \\[SQLSTATE", " at its end [SQLSTATE");
            return new ConfitureException(
                    ErrorCode.MAPPING, message, "Is something missing there?", failure);
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
