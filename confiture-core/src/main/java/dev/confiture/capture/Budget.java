package dev.confiture.capture;

import java.time.Duration;

/** How long something may be tried. */
final class Budget {
    private final long end;

    private Budget(long end) {
        this.end = end;
    }

    static Budget of(Duration time) {
        return new Budget(System.nanoTime() + time.toNanos());
    }

    boolean isSpent() {
        return System.nanoTime() - end >= 0;
    }
}
