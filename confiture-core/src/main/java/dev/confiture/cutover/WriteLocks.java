package dev.confiture.cutover;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Locks that keep writers off tables: SHARE ROW EXCLUSIVE, which every writer that was there before
 * has ended for, and which no reader notices.
 *
 * <p>If we hold one table and wait for another that a writer holds, while it waits for ours, the
 * server looks for deadlocks after {@code deadlock_timeout} and ends the one that looked: the
 * application. Hence each try waits for less than that in all, lets go of everything and begins
 * anew.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES">
 *     Table-level locks</a>
 */
public final class WriteLocks {
    private static final long LONGEST_WAIT_MILLIS = 400;
    private static final long LONGEST_PAUSE_MILLIS = 150;
    private static final List<String> NO_LIMIT =
            List.of("SET LOCAL lock_timeout = 0", "SET LOCAL statement_timeout = 0");

    private final Session session;
    private final List<TableName> tables;
    private final StopSignal stop;
    private final long deadlockMillis;

    /**
     * @param session of the tables' owner
     */
    public WriteLocks(Session session, List<TableName> tables, StopSignal stop) {
        this.session = session;
        this.tables = tables.stream().sorted().toList();
        this.stop = stop;
        this.deadlockMillis =
                session.queryOne(
                        "SELECT setting::bigint FROM pg_settings WHERE name = 'deadlock_timeout'",
                        row -> row.number(1));
    }

    /**
     * Runs the work with all tables locked, in a transaction whose snapshot is taken after the last
     * lock; so it sees all that was ever written to them. Tries again until it has the locks or the
     * time is over; then nothing has happened.
     *
     * @param left how much time there still is
     */
    public <T> T hold(Supplier<Duration> left, Session.Work<T> work) {
        return hold(left, work, session::inWritingSnapshot);
    }

    /** The same for a rehearsal: what the work does is rolled back. */
    public <T> T holdAndDiscard(Supplier<Duration> left, Session.Work<T> work) {
        return hold(left, work, session::inDiscardedSnapshot);
    }

    private <T> T hold(
            Supplier<Duration> left,
            Session.Work<T> work,
            Function<Session.Work<T>, T> transaction) {
        while (true) {
            stop.check();
            try {
                return transaction.apply(
                        () -> {
                            lock(left.get());
                            return work.run();
                        });
            } catch (NotInTime refusal) {
                giveWay(left.get(), refusal);
            }
        }
    }

    private void lock(Duration left) {
        // Zero would mean no limit.
        long wait =
                Math.max(
                        1,
                        Math.min(
                                left.toMillis(),
                                Math.min(LONGEST_WAIT_MILLIS, deadlockMillis / 2)));
        session.execute("SET LOCAL lock_timeout = " + wait);
        // Of all waits together: each table is a wait of its own.
        session.execute("SET LOCAL statement_timeout = " + (wait + Math.max(1, wait / 2)));
        try {
            session.execute(
                    "LOCK TABLE "
                            + tables.stream()
                                    .map(TableName::quoted)
                                    .collect(Collectors.joining(", "))
                            + " IN SHARE ROW EXCLUSIVE MODE");
        } catch (SqlFailure failure) {
            if (failure.is(SqlState.LOCK_NOT_AVAILABLE) || failure.is(SqlState.QUERY_CANCELED)) {
                throw new NotInTime(failure);
            }
            throw failure;
        }
        NO_LIMIT.forEach(session::execute);
    }

    /** Lets those go on who waited behind us, and ends what would never end by itself. */
    private void giveWay(Duration left, NotInTime refusal) {
        List<Holder> holders = Holder.of(session, tables);
        if (left.isNegative() || left.isZero()) {
            throw gaveUp(holders, refusal);
        }
        stop.pause(
                Duration.ofMillis(ThreadLocalRandom.current().nextLong(20, LONGEST_PAUSE_MILLIS)));
        holders.stream().filter(Holder::isAutovacuum).findFirst().ifPresent(this::sendAway);
    }

    /**
     * Waits for one table alone, in a mode that no writer minds, for longer than {@code
     * deadlock_timeout}: only then does the server send an autovacuum away that is in our way.
     */
    private void sendAway(Holder autovacuum) {
        try {
            session.inWritingTransaction(
                    () -> {
                        session.execute(
                                "SET LOCAL lock_timeout = "
                                        + (deadlockMillis + LONGEST_WAIT_MILLIS));
                        return session.execute(
                                "LOCK TABLE "
                                        + autovacuum.table().quoted()
                                        + " IN SHARE UPDATE EXCLUSIVE MODE");
                    });
        } catch (SqlFailure refusal) {
            if (!refusal.is(SqlState.LOCK_NOT_AVAILABLE)) {
                throw refusal;
            }
        }
    }

    private ConfitureException gaveUp(List<Holder> holders, NotInTime cause) {
        return new ConfitureException(
                ErrorCode.CUTOVER_ABORTED,
                "the tables could not be had in time; nothing was changed, and the application"
                        + " goes on"
                        + (holders.isEmpty() ? "" : ": " + Holder.list(holders)),
                holders.isEmpty()
                        ? "Run it again; a longer --max-pause gives it more time."
                        : "Run it again when that is over, or end it on the "
                                + session.end().label()
                                + ": "
                                + holders.getFirst().remedy(),
                cause);
    }

    /** Somebody else had a table for longer than we may wait. */
    private static final class NotInTime extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotInTime(SqlFailure cause) {
            super(cause);
        }
    }
}
