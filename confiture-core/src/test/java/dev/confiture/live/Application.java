package dev.confiture.live;

import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An application that keeps writing, one connection for each script. It must never see an error.
 */
public final class Application implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong rounds = new AtomicLong();
    private volatile boolean closed;

    private Application() {}

    public static Application on(TestDatabase database, List<String> scripts) {
        Application application = new Application();
        for (String script : scripts) {
            application.threads.add(
                    Thread.ofVirtual().start(() -> application.write(database, script)));
        }
        return application;
    }

    private void write(TestDatabase database, String script) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (!closed) {
                try {
                    statement.execute(script);
                } catch (SQLException failure) {
                    failures.add(script + ": " + failure.getMessage());
                    statement.execute("ROLLBACK");
                }
                rounds.incrementAndGet();
            }
        } catch (SQLException failure) {
            failures.add(String.valueOf(failure));
        }
    }

    /** How many times a script was run to its end. */
    public long rounds() {
        return rounds.get();
    }

    /** Every error that one of its statements got. */
    public List<String> failures() {
        return failures;
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
