package dev.confiture.analyze.prove;

import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The source as it was at one moment. A question that the server refuses does not end the
 * transaction.
 */
final class Snapshot {
    /** Data exceptions, broken constraints of domains, and what a function of the user's raises. */
    private static final Set<String> BY_VALUES = Set.of("22", "23", "P0");

    /** Unknown names and types, missing features, and writing where nothing may be written. */
    private static final Set<String> BY_STATEMENT = Set.of("42", "0A", "25", "2F", "3F");

    private final Session session;

    Snapshot(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** An answer, or why there is none. */
    record Answer<T>(List<T> rows, @Nullable SqlFailure failure) {
        boolean given() {
            return failure == null;
        }

        T first() {
            return rows.getFirst();
        }

        /** Whether the question fails because of a value that it met. */
        boolean failedByValue() {
            return failure != null && BY_VALUES.contains(failure.sqlState().substring(0, 2));
        }

        /** What the server said, for a person. */
        String reason() {
            return failure == null ? "" : failure.getMessage();
        }
    }

    /** All rows; any refusal that has another cause than the statement or a value is thrown. */
    <T> Answer<T> ask(String sql, Row.Reader<T> reader) {
        List<T> rows = new ArrayList<>();
        Optional<SqlFailure> failure =
                session.attempt(() -> rows.addAll(session.select(sql, reader)));
        if (failure.isPresent() && !isAnswerable(failure.get())) {
            throw failure.get();
        }
        return new Answer<>(rows, failure.orElse(null));
    }

    private static boolean isAnswerable(SqlFailure failure) {
        String state = failure.sqlState();
        if (state.length() != 5) {
            return false;
        }
        String sort = state.substring(0, 2);
        return BY_VALUES.contains(sort) || BY_STATEMENT.contains(sort);
    }
}
