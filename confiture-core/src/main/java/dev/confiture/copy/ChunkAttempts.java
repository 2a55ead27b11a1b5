package dev.confiture.copy;

import dev.confiture.ledger.Chunk;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Copies a chunk again, as a whole, if another session of a server stood in its way: a deadlock, a
 * serialization failure, a lock that was not to be had. Every attempt is announced, their number is
 * bounded, and the last failure is the caller's: a chunk is never left out, which would lose its
 * rows without a word.
 */
final class ChunkAttempts {
    static final int MOST = 6;

    /** The pause before the second attempt at most; each further one may be twice as long. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final ProgressListener listener;
    private final StopSignal stop;

    ChunkAttempts(ProgressListener listener, StopSignal stop) {
        this.listener = listener;
        this.stop = stop;
    }

    /** What the transaction gives, of which nothing must stay if it throws. */
    <T> T run(Chunk chunk, Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (SqlFailure failure) {
                if (!failure.isPassing() || attempt == MOST) {
                    throw failure;
                }
                announce(chunk, failure, attempt + 1);
                stop.pause(pauseAfter(attempt));
            }
        }
    }

    private void announce(Chunk chunk, SqlFailure failure, int next) {
        listener.on(
                new ProgressEvent.Warning(
                        "entry %s, chunk %d: %s; the chunk is copied again (attempt %d of %d)"
                                .formatted(
                                        chunk.entry(),
                                        chunk.number(),
                                        failure.getMessage(),
                                        next,
                                        MOST)));
    }

    /** By chance between half and the whole, so that two that met do not meet again. */
    private static Duration pauseAfter(int attempt) {
        long most = FIRST_PAUSE.toNanos() << (attempt - 1);
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
