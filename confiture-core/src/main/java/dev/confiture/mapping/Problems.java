package dev.confiture.mapping;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that is wrong with a mapping, so that a person need not find it one by one. */
final class Problems {
    private record Problem(ErrorCode code, String message, @Nullable String hint) {}

    private final List<Problem> problems = new ArrayList<>();

    void add(ErrorCode code, Position position, String problem, @Nullable String hint) {
        problems.add(new Problem(code, position + ": " + problem, hint));
    }

    void add(ErrorCode code, Mapping.Entry entry, String problem, @Nullable String hint) {
        add(code, entry.position(), entry, problem, hint);
    }

    void add(
            ErrorCode code,
            Position position,
            Mapping.Entry entry,
            String problem,
            @Nullable String hint) {
        add(code, position, "entry " + entry.name() + ": " + problem, hint);
    }

    /** Throws if there is any problem: all messages, a line each, and the code of the first. */
    void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        String messages = problems.stream().map(Problem::message).collect(Collectors.joining("\n"));
        String hints =
                problems.stream()
                        .map(Problem::hint)
                        .filter(Objects::nonNull)
                        .distinct()
                        .collect(Collectors.joining("\n"));
        throw new ConfitureException(
                problems.getFirst().code(), messages, hints.isEmpty() ? null : hints);
    }
}
