package dev.confiture.draft;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Puts reasons together; an empty one is none. */
final class Reasons {
    private Reasons() {}

    static String of(String... reasons) {
        return Arrays.stream(reasons)
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
