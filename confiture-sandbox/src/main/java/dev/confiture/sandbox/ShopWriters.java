package dev.confiture.sandbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The application of a {@link JamShop}: some connections that write to the old tables all the time,
 * at a bounded rate, and take the time of each statement. Thread-safe.
 */
public final class ShopWriters implements AutoCloseable {
    /** How a writer gets its connections. */
    @FunctionalInterface
    public interface Login {
        Connection connect() throws SQLException;
    }

    /**
     * What the writers have seen so far.
     *
     * @param commits transactions that were acknowledged
     * @param errors statements that failed
     * @param firstError what the server said to the first of them, or null
     * @param longestStatement how long the slowest one took
     * @param time since the writers began
     */
    public record Figures(
            long commits,
            long errors,
            @Nullable String firstError,
            Duration longestStatement,
            Duration time) {}

    private static final int CONNECTIONS = 4;
    private static final int COMMITS_PER_SECOND = 300;

    /** Each connection has its turn so often. */
    private static final long PERIOD_NANOS =
            TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / COMMITS_PER_SECOND;

    /** Every one a transaction; rows are chosen by chance, no two can deadlock. */
    private static final List<String> WRITES =
            List.of(
                    """
                    INSERT INTO old_orders (user_id, amount_cents, status, note)
                    SELECT id, (100 + random() * 20000)::integer, 'placed', 'Ring twice'
                    FROM old_users
                    WHERE id >= (SELECT (random() * max(id))::integer FROM old_users)
                    ORDER BY id LIMIT 1
                    """,
                    """
                    UPDATE old_orders SET status = 'paid'
                    WHERE id = (SELECT (random() * max(id))::integer FROM old_orders)
                    """,
                    """
                    UPDATE old_users SET login_count = login_count + 1
                    WHERE id = (SELECT (random() * max(id))::integer FROM old_users)
                    """,
                    """
                    UPDATE old_users SET bio = 'Likes jam number ' || (random() * 97)::integer,
                        full_name = initcap(reverse(full_name))
                    WHERE id = (SELECT (random() * max(id))::integer FROM old_users)
                    """,
                    """
                    INSERT INTO old_counter_sales (user_id, amount_cents, status)
                    SELECT id, (100 + random() * 4000)::integer, 'paid'
                    FROM old_users
                    WHERE id >= (SELECT (random() * max(id))::integer FROM old_users)
                    ORDER BY id LIMIT 1
                    """,
                    """
                    DELETE FROM old_orders
                    WHERE status = 'returned'
                        AND id = (SELECT (random() * max(id))::integer FROM old_orders)
                    """,
                    """
                    WITH newcomer AS (
                        INSERT INTO old_users (email, full_name)
                        VALUES ('new@example.com', 'New Comer') RETURNING id)
                    INSERT INTO old_orders (user_id, amount_cents, status)
                    SELECT id, 990, 'placed' FROM newcomer
                    """);

    private final Login login;
    private final long begin = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private long commits;
    private long errors;
    private long longestNanos;
    private @Nullable String firstError;

    private ShopWriters(Login login) {
        this.login = login;
    }

    /** Begins to write. */
    public static ShopWriters start(Login login) {
        ShopWriters writers = new ShopWriters(login);
        for (int number = 0; number < CONNECTIONS; number++) {
            Random chance = new Random(number);
            writers.threads.add(
                    Thread.ofVirtual().name("writer").start(() -> writers.write(chance)));
        }
        return writers;
    }

    public synchronized Figures figures() {
        return new Figures(
                commits,
                errors,
                firstError,
                Duration.ofNanos(longestNanos),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private void write(Random chance) {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            long turn = System.nanoTime() + chance.nextLong(PERIOD_NANOS);
            while (!closed.await(turn - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                writeOnce(statement, WRITES.get(chance.nextInt(WRITES.size())));
                // Turns that were missed are not made up for.
                turn = Math.max(turn + PERIOD_NANOS, System.nanoTime());
            }
        } catch (SQLException failure) {
            failed(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeOnce(Statement statement, String sql) {
        long start = System.nanoTime();
        try {
            statement.execute(sql);
            committed(System.nanoTime() - start);
        } catch (SQLException failure) {
            failed(failure);
        }
    }

    private synchronized void committed(long nanos) {
        commits++;
        longestNanos = Math.max(longestNanos, nanos);
    }

    private synchronized void failed(SQLException failure) {
        errors++;
        if (firstError == null) {
            firstError = failure.getMessage();
        }
    }

    /** Returns when every statement that was under way has ended. */
    @Override
    public void close() {
        closed.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw SandboxException.interrupted("ending the writers", interrupted);
            }
        }
    }
}
