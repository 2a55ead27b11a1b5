package dev.confiture.capture;

import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** An application that keeps writing, one connection for each script; its failures are kept. */
final class Writers implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicLong> rounds = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Writers() {}

    static Writers on(TestDatabase database, List<String> scripts) {
        Writers writers = new Writers();
        for (String script : scripts) {
            AtomicLong rounds = new AtomicLong();
            writers.rounds.add(rounds);
            writers.threads.add(
                    Thread.ofVirtual().start(() -> writers.write(database, script, rounds)));
        }
        return writers;
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

    List<String> failures() {
        return failures;
    }

    /** Waits until each writer has begun and ended a transaction from now on. */
    void awaitEachOneMore() {
        long[] before = rounds.stream().mapToLong(AtomicLong::get).toArray();
        Waiting.until(
                () ->
                        !failures.isEmpty()
                                || IntStream.range(0, before.length)
                                        .allMatch(one -> rounds.get(one).get() >= before[one] + 2));
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
