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
 * The application of a {@link JamShop}: some writers that write all the time, at a bounded rate,
 * and take the time of each statement. Where a database takes no more writes, they go on in the
 * other one, in the words of its schema. Thread-safe.
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
     * @param pauses for each change to the other database, the time from the last commit in the one
     *     to the first commit in the other
     * @param time since the writers began
     */
    public record Figures(
            long commits,
            long errors,
            @Nullable String firstError,
            Duration longestStatement,
            List<Duration> pauses,
            Duration time) {}

    /** {@code read_only_sql_transaction}: this database takes no more writes. */
    private static final String CLOSED = "25006";

    private static final int CONNECTIONS = 4;
    private static final int COMMITS_PER_SECOND = 300;

    /** Each connection has its turn so often. */
    private static final long PERIOD_NANOS =
            TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / COMMITS_PER_SECOND;

    private final List<Login> logins;
    private final long begin = System.nanoTime();
    private final ChangesOfSide changes = new ChangesOfSide(begin);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private long commits;
    private long errors;
    private long longestNanos;
    private @Nullable String firstError;

    private ShopWriters(List<Login> logins) {
        this.logins = logins;
    }

    /** Begins to write to the old database. */
    public static ShopWriters start(Login oldShop, Login newShop) {
        ShopWriters writers = new ShopWriters(List.of(oldShop, newShop));
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
                changes.pauses(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private void write(Random chance) {
        // As a pool that knows both; a login takes longer than a statement.
        try (Connection oldShop = logins.getFirst().connect();
                Connection newShop = logins.getLast().connect();
                Statement oldWrite = oldShop.createStatement();
                Statement newWrite = newShop.createStatement()) {
            int side = 0;
            long turn = System.nanoTime() + chance.nextLong(PERIOD_NANOS);
            while (!closed.await(turn - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                if (!isTaken(side, side == 0 ? oldWrite : newWrite, chance)) {
                    side = 1 - side;
                }
                // Turns that were missed are not made up for.
                turn = Math.max(turn + PERIOD_NANOS, System.nanoTime());
            }
        } catch (SQLException failure) {
            failed(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if this database takes no more writes. */
    private boolean isTaken(int side, Statement statement, Random chance) {
        List<String> writes = side == 0 ? ShopWrites.OLD : ShopWrites.NEW;
        long start = System.nanoTime();
        try {
            statement.execute(writes.get(chance.nextInt(writes.size())));
            committed(side, start, System.nanoTime() - start, statement.getUpdateCount());
        } catch (SQLException failure) {
            if (CLOSED.equals(failure.getSQLState())) {
                return false;
            }
            failed(failure);
        }
        return true;
    }

    private synchronized void committed(int side, long start, long nanos, int rows) {
        // A statement that changes no row passes the triggers of a closed database.
        if (rows > 0) {
            changes.committed(side, start, System.nanoTime());
        }
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
