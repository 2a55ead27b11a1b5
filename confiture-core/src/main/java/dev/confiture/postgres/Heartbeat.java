package dev.confiture.postgres;

import dev.confiture.error.ConfitureException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Asks a server every few seconds whether it is there. If it does not answer, and takes no new
 * session either, all of our sessions on it are dropped: a network that swallows every byte would
 * else be waited for without end.
 *
 * <p>So a statement may take as long as it likes (an index build, a large aggregate); nothing is
 * cut while its server answers here. A limit on the silence of each session could not tell the two
 * apart.
 */
public final class Heartbeat implements AutoCloseable {
    private static final Duration PACE = Duration.ofSeconds(5);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    /** For a test, in milliseconds. */
    private static final String OTHER_LIMIT = "confiture.longestSilence";

    private final Database database;
    private final Duration longest;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofVirtual().name("confiture-heartbeat").unstarted(this::run);
    private volatile @Nullable Session session;

    private Heartbeat(Database database, Duration longest) {
        this.database = database;
        this.longest = longest;
    }

    /** Begins to ask, until it is closed or the database is lost. */
    public static Heartbeat of(Database database) {
        return of(
                database, Duration.ofMillis(Long.getLong(OTHER_LIMIT, LONGEST_SILENCE.toMillis())));
    }

    static Heartbeat of(Database database, Duration longest) {
        Heartbeat heartbeat = new Heartbeat(database, longest);
        heartbeat.thread.start();
        return heartbeat;
    }

    private void run() {
        try {
            Duration pace = longest.compareTo(PACE) < 0 ? longest : PACE;
            while (!closed.await(pace.toNanos(), TimeUnit.NANOSECONDS)) {
                if (!isThere()) {
                    database.drop("no answer for " + longest.toSeconds() + " s");
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            forget();
        }
    }

    /** An old session may be broken for reasons of its own; a new one tells. */
    private boolean isThere() {
        if (session != null && answers()) {
            return true;
        }
        return answers() || closed.getCount() == 0;
    }

    private boolean answers() {
        try {
            Session asked = session;
            if (asked == null) {
                asked = database.open("heartbeat", longest);
                asked.limitSilence(longest);
                session = asked;
            }
            asked.queryOne("SELECT 1", row -> row.number(1));
            return true;
        } catch (ConfitureException failure) {
            forget();
            return isAnswer(failure);
        }
    }

    /** A server that says no is there, such as one that has no session left for us. */
    private static boolean isAnswer(ConfitureException failure) {
        return failure.getCause() instanceof PSQLException cause
                && cause.getServerErrorMessage() != null;
    }

    private void forget() {
        Session last = session;
        session = null;
        if (last != null) {
            last.abort();
        }
    }

    /** Does not wait for a server that is silent just now; its answer is thrown away. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!thread.join(CLOSING)) {
                forget();
            }
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
        }
    }
}
