package dev.confiture.live;

import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** An application that keeps writing, one connection for each script. It must see no error. */
public final class Application implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicLong> rounds = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Application() {}

    public static Application on(TestDatabase database, List<String> scripts) {
        Application application = new Application();
        for (String script : scripts) {
            AtomicLong rounds = new AtomicLong();
            application.rounds.add(rounds);
            application.threads.add(
                    Thread.ofVirtual().start(() -> application.write(database, script, rounds)));
        }
        return application;
    }

    private void write(TestDatabase database, String script, AtomicLong done) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (!closed) {
                try {
                    statement.execute(script);
                } catch (SQLException failure) {
                    failures.add(script + ": " + failure.getMessage());
                    statement.execute("ROLLBACK");
                }
                done.incrementAndGet();
            }
        } catch (SQLException failure) {
            failures.add(String.valueOf(failure));
        }
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
