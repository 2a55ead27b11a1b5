package dev.confiture.cutover;

import dev.confiture.catalog.TableName;
import dev.confiture.ledger.LedgerSchema;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps every writer off the tables that a database has given away, in schema {@code confiture}
 * there: triggers that refuse each row and each TRUNCATE, on the tables and all their partitions,
 * whoever it is that writes. Reads go on. What it does not stop is DDL.
 *
 * <p>The functions come first and touch no table. The triggers are made in the very transaction
 * that holds the locks, at its end: as long as it has not committed, whatever happens to us leaves
 * no trace on a table. See docs/decisions/0014-fence-last.md.
 */
public final class Fence {
    /** What the session that puts it up is for. */
    public static final String PURPOSE = "fence";

    /** How long undoing waits for the locks of others. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Fence() {}

    /** Makes the function that the triggers call, and the counters; no table is touched. */
    public static void prepare(Session owner, FenceNotice notice) {
        owner.inWritingTransaction(
                () -> {
                    if (!LedgerSchema.exists(owner)) {
                        LedgerSchema.create(owner);
                    }
                    owner.execute(SqlText.named("cutover/create_counters"));
                    return owner.execute(notice.function());
                });
    }

    /**
     * Puts it up, inside a transaction that holds the tables' locks; it stands when that commits.
     */
    public static void close(Session owner, List<TableName> tables) {
        FencedTable.of(owner, tables).forEach(table -> owner.execute(table.closing()));
    }

    /**
     * Ends the session of a command that was killed while it put up the fence: its server process
     * could still be about to commit.
     */
    public static void endLeftovers(Session owner) {
        owner.query(
                SqlText.named("cutover/end_leftovers"),
                row -> row.truth(1),
                "confiture " + PURPOSE);
    }

    /** Drops the schema of the fence where nothing else of ours is in it. */
    public static boolean dropEmptySchema(Session owner) {
        if (!LedgerSchema.exists(owner)) {
            return false;
        }
        return owner.inWritingTransaction(
                () ->
                        owner.inSavepoint(
                                SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                                () -> owner.execute("DROP SCHEMA confiture RESTRICT")));
    }

    /** Whether writers of any table are kept off. */
    public static boolean isClosed(Session session) {
        return FencedTable.all(session).stream().anyMatch(FencedTable::isClosed);
    }

    /** Lets everybody write again; what is there stays, and does nothing. */
    public static void open(Session owner, StopSignal stop) {
        List<FencedTable> closed =
                FencedTable.all(owner).stream().filter(FencedTable::isClosed).toList();
        if (closed.isEmpty()) {
            return;
        }
        List<TableName> tables = closed.stream().map(FencedTable::table).toList();
        new WriteLocks(owner, tables, stop)
                .hold(
                        patience(),
                        () ->
                                closed.stream()
                                        .mapToLong(table -> owner.execute(table.opening()))
                                        .sum());
    }

    /**
     * Takes everything away, the triggers of one table at a time: to drop one takes the table from
     * readers too, for a moment.
     *
     * @return what was there, for people
     */
    public static List<String> remove(Session owner, StopSignal stop) {
        List<String> removed = new ArrayList<>();
        for (FencedTable table : FencedTable.all(owner)) {
            drop(owner, table, stop);
            removed.add("fence on " + table.table().display());
        }
        if (!LedgerSchema.exists(owner)) {
            return removed;
        }
        owner.inWritingTransaction(
                () -> {
                    owner.execute("DROP FUNCTION IF EXISTS confiture.deny_write()");
                    owner.execute("DROP SEQUENCE IF EXISTS confiture.knock");
                    return owner.execute("DROP SEQUENCE IF EXISTS confiture.last_knock");
                });
        return removed;
    }

    private static void drop(Session owner, FencedTable table, StopSignal stop) {
        Supplier<Duration> left = patience();
        while (true) {
            try {
                owner.inWritingTransaction(
                        () -> {
                            owner.execute("SET LOCAL lock_timeout = '300ms'");
                            return owner.execute(table.dropping());
                        });
                return;
            } catch (SqlFailure failure) {
                if (!failure.is(SqlState.LOCK_NOT_AVAILABLE) || left.get().isNegative()) {
                    throw failure;
                }
                stop.pause(Duration.ofMillis(100));
            }
        }
    }

    private static Supplier<Duration> patience() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        return () -> Duration.ofNanos(end - System.nanoTime());
    }
}
