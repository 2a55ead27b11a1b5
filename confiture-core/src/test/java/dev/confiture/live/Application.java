package dev.confiture.live;

import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * An application that keeps writing, one connection for each script. It must see no error; if it is
 * {@linkplain #reconnecting one that reconnects}, then none but a lost connection.
 */
public final class Application implements AutoCloseable {
    private static final Duration REST = Duration.ofMillis(100);

    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicLong> rounds = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final boolean reconnects;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean closed;

    private Application(boolean reconnects) {
        this.reconnects = reconnects;
    }

    public static Application on(TestDatabase database, List<String> scripts) {
        return start(database, scripts, false);
    }

    /**
     * For a server that is killed and started again. It rests a little between two rounds: what it
     * writes while nobody reads must be worked off later on.
     */
    public static Application reconnecting(TestDatabase database, List<String> scripts) {
        return start(database, scripts, true);
    }

    private static Application start(
            TestDatabase database, List<String> scripts, boolean reconnects) {
        Application application = new Application(reconnects);
        for (String script : scripts) {
            AtomicLong rounds = new AtomicLong();
            application.rounds.add(rounds);
            application.threads.add(
                    Thread.ofVirtual().start(() -> application.write(database, script, rounds)));
        }
        return application;
    }

    private void write(TestDatabase database, String script, AtomicLong done) {
        do {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                writeUntilClosed(statement, script, done);
            } catch (SQLException failure) {
                if (!reconnects) {
                    failures.add(String.valueOf(failure));
                }
                rest();
            }
        } while (reconnects && !closed);
    }

    private void writeUntilClosed(Statement statement, String script, AtomicLong done)
            throws SQLException {
        while (!closed) {
            try {
                statement.execute(script);
            } catch (SQLException failure) {
                if (reconnects && isLost(failure)) {
                    throw failure;
                }
                failures.add(script + ": " + failure.getMessage());
                statement.execute("ROLLBACK");
            }
            done.incrementAndGet();
            if (reconnects) {
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

    /** The server was killed, or is not up yet. */
    static boolean isLost(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    /** Every error that one of its statements got. */
    public List<String> failures() {
        return failures;
    }

    /** Waits until each writer has begun and ended a transaction from now on. */
    public void awaitEachOneMore() {
        long[] before = rounds.stream().mapToLong(AtomicLong::get).toArray();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                !failures.isEmpty()
                                        || IntStream.range(0, before.length)
                                                .allMatch(
                                                        one ->
                                                                rounds.get(one).get()
                                                                        >= before[one] + 2));
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
