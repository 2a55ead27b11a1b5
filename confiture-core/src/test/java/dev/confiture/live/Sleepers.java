package dev.confiture.live;

import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Sessions that are at work for as long as a test needs them to be. */
public final class Sleepers {
    private static final String SLEEP = "SELECT pg_sleep(3600)";
    private static final String THOSE = " FROM pg_stat_activity WHERE query = '" + SLEEP + "'";

    private final TestDatabase database;
    private final List<Thread> threads;

    private Sleepers(TestDatabase database, List<Thread> threads) {
        this.database = database;
        this.threads = threads;
    }

    /** So many; all of them are at it when this returns. */
    public static Sleepers on(TestDatabase database, int count) {
        List<Thread> threads =
                IntStream.range(0, count)
                        .mapToObj(_ -> Thread.ofVirtual().start(() -> sleep(database)))
                        .toList();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> database.number("SELECT count(*)" + THOSE) == count);
        return new Sleepers(database, threads);
    }

    private static void sleep(TestDatabase database) {
        try {
            database.execute(SLEEP);
        } catch (SQLException ended) {
            if (!"57P01".equals(ended.getSQLState())) {
                throw new IllegalStateException(ended);
            }
        }
    }

    /** Sends them away. */
    public void end() throws SQLException, InterruptedException {
        database.execute("SELECT pg_terminate_backend(pid)" + THOSE);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
