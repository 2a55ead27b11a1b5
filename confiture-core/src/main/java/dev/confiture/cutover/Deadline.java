package dev.confiture.cutover;

import java.time.Duration;

/**
 * A moment until which something may take.
 *
 * @param nanoTime the moment, by {@link System#nanoTime}
 */
public record Deadline(long nanoTime) {
    /** The moment that comes after so long. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** How much time there still is; negative once it is over. */
    public Duration left() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }

    public boolean isOver() {
        return left().isNegative();
    }
}
