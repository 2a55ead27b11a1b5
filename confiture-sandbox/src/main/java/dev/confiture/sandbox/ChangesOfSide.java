package dev.confiture.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When writers have gone from one database to the other, by what several of them tell of their
 * commits, in whatever order. Not thread-safe. Times are nanoseconds of {@link System#nanoTime}.
 */
final class ChangesOfSide {
    private final List<Duration> pauses = new ArrayList<>();

    /** Where the last commit was made: 0 is the old database, 1 the new one. */
    private int place;

    private long placeSince;
    private long lastCommitAt;

    ChangesOfSide(long begin) {
        placeSince = begin;
        lastCommitAt = begin;
    }

    /**
     * Takes note of a commit.
     *
     * @param start when its statement began
     * @param now when this is told
     */
    void committed(int side, long start, long now) {
        if (side != place) {
            // From before the change, and told of after it: that changes nothing back.
            if (start - placeSince < 0) {
                return;
            }
            pauses.add(Duration.ofNanos(now - lastCommitAt));
            place = side;
            placeSince = now;
        }
        lastCommitAt = now;
    }

    /** For each change, the time from the last commit in the one to the first in the other. */
    List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
