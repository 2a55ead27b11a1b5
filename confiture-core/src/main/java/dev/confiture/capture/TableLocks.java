package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs DDL that locks tables of the application, without ever doing it harm.
 *
 * <p>If we hold a lock that the application waits for while we wait for one that it holds, the
 * server looks for deadlocks after {@code deadlock_timeout} and ends the transaction that looked:
 * the application's. Hence nothing of ours holds a lock for that long; what does not get all its
 * locks in time lets go of them and tries again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES">
 *     Table-level locks</a>
 */
final class TableLocks {
    private static final long LONGEST_WAIT_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final Session source;
    private final List<TableName> tables;
    private final ProgressListener listener;
    private final StopSignal stop;

    private final long deadlockMillis;
    private String announced = "";

    TableLocks(Session source, List<TableName> tables, ProgressListener listener, StopSignal stop) {
        this.source = source;
        this.tables = List.copyOf(tables);
        this.listener = listener;
        this.stop = stop;
        this.deadlockMillis =
                source.queryOne(
                        "SELECT setting::bigint FROM pg_settings WHERE name = 'deadlock_timeout'",
                        row -> row.number(1));
    }

    /**
     * Runs the statements in one transaction, again and again until it gets its locks.
     *
     * @param what it is called in messages, such as {@code the publication}
     */
    void run(String what, Duration time, List<String> statements) {
        Budget budget = Budget.of(time);
        while (true) {
            stop.check();
            SqlFailure failure;
            try {
                attempt(statements);
                return;
            } catch (SqlFailure refusal) {
                if (!isLack(refusal)) {
                    throw refusal;
                }
                failure = refusal;
            }
            List<Obstacle.OnTable> holders = Obstacle.forPublication(source, tables);
            if (budget.isSpent()) {
                throw gaveUp(what, time, holders, failure);
            }
            announce(what, holders);
            waitFor(holders);
        }
    }

    private static boolean isLack(SqlFailure failure) {
        return failure.is(SqlState.LOCK_NOT_AVAILABLE) || failure.is(SqlState.QUERY_CANCELED);
    }

    private void attempt(List<String> statements) {
        // Zero would mean no limit.
        long wait = Math.max(1, Math.min(LONGEST_WAIT_MILLIS, deadlockMillis / 2));
        source.inWritingTransaction(
                () -> {
                    source.execute("SET LOCAL lock_timeout = " + wait);
                    // Of all waits together: each table is a wait of its own.
                    source.execute(
                            "SET LOCAL statement_timeout = " + (wait + Math.max(1, wait / 2)));
                    // The commit must not wait for a standby with the locks held.
                    source.execute("SET LOCAL synchronous_commit = local");
                    return statements.stream().mapToLong(source::execute).sum();
                });
    }

    private void announce(String what, List<Obstacle.OnTable> holders) {
        String who = Obstacle.list(holders);
        if (!who.isEmpty() && !who.equals(announced)) {
            listener.on(new ProgressEvent.Warning(what + " must wait: " + who));
            announced = who;
        }
    }

    /**
     * Waits for one table's lock and lets go of it. Without another lock in hand no deadlock can
     * come of it, so this may last longer than {@code deadlock_timeout}: only then does the server
     * send an autovacuum away that is in our way.
     */
    private void waitFor(List<Obstacle.OnTable> holders) {
        stop.pause(
                Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS)));
        if (holders.isEmpty()) {
            return;
        }
        String table = holders.getFirst().table().quoted();
        try {
            source.inWritingTransaction(
                    () -> {
                        source.execute(
                                "SET LOCAL lock_timeout = "
                                        + (deadlockMillis + LONGEST_WAIT_MILLIS));
                        return source.execute(
                                "LOCK TABLE ONLY " + table + " IN SHARE UPDATE EXCLUSIVE MODE");
                    });
        } catch (SqlFailure refusal) {
            if (!isLack(refusal)) {
                throw refusal;
            }
        }
    }

    private static ConfitureException gaveUp(
            String what, Duration time, List<Obstacle.OnTable> holders, SqlFailure cause) {
        return new ConfitureException(
                ErrorCode.SOURCE_FAILED,
                what
                        + " could not be made within "
                        + time.toSeconds()
                        + " s, because its tables were locked"
                        + (holders.isEmpty() ? "" : ": " + Obstacle.list(holders)),
                "Run the same command again when that is over"
                        + (holders.isEmpty()
                                ? "."
                                : ", or end it on the source: "
                                        + holders.getFirst().holder().remedy()),
                cause);
    }
}
