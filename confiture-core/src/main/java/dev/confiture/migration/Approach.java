package dev.confiture.migration;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says when the pause may begin: when hops have become so short that the last one will be. How many
 * it takes depends on the backlog, so there is no limit as long as they become shorter; but if the
 * application writes as fast as we hop, they never do.
 */
final class Approach {
    /** Real hops before the pause, so that in it every path is warm and little is left to do. */
    static final int FEWEST_HOPS = 12;

    /** So long it may go without coming nearer. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Duration near;
    private final LongSupplier clock;
    private int hops;
    private Duration nearest = Duration.ofSeconds(Long.MAX_VALUE);
    private long nearestSince;

    /**
     * @param near a hop that lags by no more than this is short enough
     * @param clock nanoseconds since whenever
     */
    Approach(Duration near, LongSupplier clock) {
        this.near = near;
        this.clock = clock;
        this.nearestSince = clock.getAsLong();
    }

    /**
     * Whether the hop was the last one that is needed.
     *
     * @throws ConfitureException {@link ErrorCode#CUTOVER_ABORTED} if none will ever be
     */
    boolean arrivedWith(HopReport hop) {
        hops++;
        if (hop.lag().compareTo(near) <= 0) {
            return hops >= FEWEST_HOPS;
        }
        if (hop.lag().compareTo(nearest) < 0) {
            nearest = hop.lag();
            nearestSince = clock.getAsLong();
        } else if (clock.getAsLong() - nearestSince > PATIENCE.toNanos()) {
            throw new ConfitureException(
                    ErrorCode.CUTOVER_ABORTED,
                    "the other side does not come near enough: for "
                            + PATIENCE.toSeconds()
                            + " s it has not come nearer than "
                            + nearest.toMillis()
                            + " ms, and it takes "
                            + near.toMillis()
                            + " ms; nothing was changed",
                    "Run it again when less is written, or with a longer --max-pause: the pause"
                            + " begins when a hop lags by an eighth of it.");
        }
        return false;
    }
}
