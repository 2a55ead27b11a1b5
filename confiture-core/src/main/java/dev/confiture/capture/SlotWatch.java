package dev.confiture.capture;

import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.progress.ThreadEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * While a slot is being made: says who holds it up, and ends the wait when the time is over or a
 * stop is asked for. The session is its own until it is closed.
 */
final class SlotWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    /** What is over sooner is not worth a word. */
    private static final Duration WORTH_NAMING = Duration.ofSeconds(1);

    private final String slot;
    private final Session source;
    private final Budget budget;
    private final ProgressListener listener;
    private final StopSignal stop;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);

    private String announced = "";
    private @Nullable Throwable failure;

    SlotWatch(
            String slot,
            Session source,
            Budget budget,
            ProgressListener listener,
            StopSignal stop) {
        this.slot = slot;
        this.source = source;
        this.budget = budget;
        this.listener = listener;
        this.stop = stop;
    }

    void start() {
        announce();
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                if (stop.isRequested() || budget.isSpent()) {
                    // The slot belongs to the process that makes it until it is ready.
                    source.query(
                            "SELECT pg_cancel_backend(active_pid) FROM pg_replication_slots"
                                    + " WHERE slot_name = ? AND active_pid IS NOT NULL",
                            row -> row.truth(1),
                            slot);
                } else {
                    announce();
                }
            }
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error cause) {
            // Said by whoever closes the watch: nobody looks at what ends this thread.
            failure = cause;
        }
    }

    private void announce() {
        List<Obstacle> obstacles =
                Obstacle.forNewSlot(source).stream()
                        .filter(one -> one.prepared() != null || !isShort(one.age()))
                        .toList();
        String who = Obstacle.names(obstacles);
        if (!obstacles.isEmpty() && !who.equals(announced)) {
            listener.on(
                    new ProgressEvent.Warning(
                            "the replication slot must wait until these transactions of the source"
                                    + " end: "
                                    + Obstacle.list(obstacles)));
            announced = who;
        }
    }

    private static boolean isShort(Duration age) {
        return !age.isNegative() && age.compareTo(WORTH_NAMING) < 0;
    }

    /** Gives the session back. */
    @Override
    public void close() {
        closed.countDown();
        ThreadEnd.awaitUninterruptibly(thread);
        switch (failure) {
            case null -> {}
            case RuntimeException cause -> throw cause;
            case Error cause -> throw cause;
            default -> throw new IllegalStateException(failure);
        }
    }
}
