package dev.confiture.bench.live;

import dev.confiture.sandbox.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** An application whose clients write, without rest or at a pace. */
final class Clients implements AutoCloseable {
    private final LongAdder commits = new LongAdder();
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread::new);
    private final List<Future<?>> running = new ArrayList<>();
    private final NavigableMap<Long, Long> tally = new ConcurrentSkipListMap<>();
    private final long pauseNanos;
    private volatile boolean stopped;

    /** Starts so many, each with a connection of its own, who never rest. */
    Clients(Database database, Bank bank, int count) {
        this(database, bank, count, Duration.ZERO);
    }

    /**
     * The same.
     *
     * @param interval from the beginning of a client's transaction to that of its next
     */
    Clients(Database database, Bank bank, int count, Duration interval) {
        this.pauseNanos = interval.toNanos();
        running.add(executor.submit(this::count));
        for (int client = 0; client < count; client++) {
            running.add(
                    executor.submit(
                            () -> {
                                write(database, bank);
                                return null;
                            }));
        }
    }

    private void write(Database database, Bank bank) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try (Connection connection = database.connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT bank(?, ?, ?, ?)")) {
            long next = System.nanoTime();
            while (!stopped) {
                next += pauseNanos;
                LockSupport.parkNanos(next - System.nanoTime());
                statement.setInt(1, 1 + random.nextInt((int) bank.accounts()));
                statement.setInt(2, 1 + random.nextInt(bank.tellers()));
                statement.setInt(3, 1 + random.nextInt(bank.branches()));
                statement.setInt(4, random.nextInt(100));
                statement.execute();
                commits.increment();
            }
        }
    }

    private void count() {
        while (!stopped) {
            tally.put(System.currentTimeMillis(), commits.sum());
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** Commits a second between two moments, in milliseconds since 1970. */
    double commitsASecondBetween(long from, long to) {
        Map.Entry<Long, Long> first = tally.ceilingEntry(from);
        Map.Entry<Long, Long> last = tally.floorEntry(to);
        return (last.getValue() - first.getValue()) * 1e3 / (last.getKey() - first.getKey());
    }

    /** Commits a second while the work runs. */
    <E extends Exception> double commitsASecondDuring(Work<E> work) throws E {
        long before = commits.sum();
        long began = System.nanoTime();
        work.run();
        return (commits.sum() - before) * 1e9 / (System.nanoTime() - began);
    }

    @Override
    public void close() {
        stopped = true;
        executor.close();
        for (Future<?> client : running) {
            try {
                client.get();
            } catch (ExecutionException failure) {
                throw new IllegalStateException("a client failed", failure.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** What runs meanwhile. */
    @FunctionalInterface
    interface Work<E extends Exception> {
        void run() throws E;
    }
}
