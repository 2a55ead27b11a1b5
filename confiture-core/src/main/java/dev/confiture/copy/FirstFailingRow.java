package dev.confiture.copy;

import java.util.OptionalLong;

/** Finds the first row that fails by trying halves: all in all about as many rows as there are. */
final class FirstFailingRow {
    private FirstFailingRow() {}

    /** Tries some of the rows, which are numbered from 1. */
    @FunctionalInterface
    interface Attempt {
        /** Whether one of the rows after the first number, up to the second, fails. */
        boolean fails(long after, long upTo);
    }

    /** The number of the row; empty if none fails when it is tried alone. */
    static OptionalLong among(long rows, Attempt attempt) {
        long good = 0;
        long bad = rows;
        while (bad - good > 1) {
            long middle = good + (bad - good) / 2;
            if (attempt.fails(good, middle)) {
                bad = middle;
            } else {
                good = middle;
            }
        }
        return bad > 0 && attempt.fails(good, bad) ? OptionalLong.of(bad) : OptionalLong.empty();
    }
}
