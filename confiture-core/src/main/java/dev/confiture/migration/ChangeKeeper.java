package dev.confiture.migration;

import dev.confiture.progress.StopSignal;
import dev.confiture.progress.ThreadEnd;
import java.time.Duration;

/**
 * While something else takes its time (the copy, an index build), takes in what the application
 * changes and keeps the keys in the ledger, so that the source's log does not pile up.
 */
final class ChangeKeeper implements AutoCloseable {
    /** Long enough for rows that change over and over to be kept once for many changes. */
    private static final Duration PACE = Duration.ofSeconds(2);

    private final Runnable round;
    private final StopSignal stop;
    private final StopSignal enough = new StopSignal();
    private final Thread thread;

    private ChangeKeeper(Runnable round, StopSignal stop) {
        this.round = round;
        this.stop = stop;
        this.thread = Thread.ofPlatform().name("confiture-keeper").daemon().unstarted(this::run);
    }

    /**
     * Begins.
     *
     * @param round what is done over and over, by a thread of its own
     * @param stop is told if the keeper fails, so that whatever it runs beside stops too
     */
    static ChangeKeeper start(Runnable round, StopSignal stop) {
        ChangeKeeper keeper = new ChangeKeeper(round, stop);
        keeper.thread.start();
        return keeper;
    }

    private void run() {
        try {
            do {
                round.run();
            } while (!enough.await(PACE));
        } catch (RuntimeException failure) {
            stop.fail(failure);
        } catch (Error failure) {
            stop.fail(new IllegalStateException(failure));
        }
    }

    /** Ends after the round that is under way. */
    @Override
    public void close() {
        enough.request();
        ThreadEnd.awaitUninterruptibly(thread);
    }
}
