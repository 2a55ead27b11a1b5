package dev.confiture.live;

import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A writer that remembers which of its commits the server has acknowledged: each of them must be on
 * the other side, once. Connects again when the server was killed.
 */
public final class Acknowledged implements AutoCloseable {
    public static final String TABLE = "CREATE TABLE acknowledged (number bigint PRIMARY KEY);";
    public static final String ENTRY = "acknowledged: {}\n";

    private static final Duration REST = Duration.ofMillis(10);

    private final TestDatabase source;
    private final Set<Long> numbers = new TreeSet<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean closed;

    private Acknowledged(TestDatabase source) {
        this.source = source;
    }

    public static Acknowledged by(TestDatabase source) {
        Acknowledged writer = new Acknowledged(source);
        writer.thread.start();
        return writer;
    }

    private void run() {
        long number = 0;
        while (!closed) {
            try (Connection connection = source.connect();
                    Statement statement = connection.createStatement()) {
                while (!closed) {
                    // A number whose fate is not known is not used again.
                    number++;
                    statement.execute("INSERT INTO acknowledged VALUES (" + number + ")");
                    numbers.add(number);
                    rest();
                }
            } catch (SQLException failure) {
                if (!Application.isLost(failure)) {
                    throw new IllegalStateException(failure);
                }
                rest();
            }
        }
    }

    private void rest() {
        try {
            boolean _ = closing.await(REST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Those that the other side lacks, of the many that were; to be asked when it is closed. */
    public Set<Long> missingIn(TestDatabase target) throws SQLException {
        if (numbers.isEmpty()) {
            throw new IllegalStateException("Nothing was acknowledged");
        }
        Set<Long> missing = new TreeSet<>(numbers);
        target.rows("SELECT number FROM acknowledged")
                .forEach(row -> missing.remove(Long.valueOf(String.valueOf(row.getFirst()))));
        return missing;
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
