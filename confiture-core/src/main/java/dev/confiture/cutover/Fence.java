package dev.confiture.cutover;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.LedgerSchema;
import dev.confiture.ledger.OldSchema;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every writer off the tables that a database has given away, in schema {@code confiture}
 * there: triggers that refuse each row and each TRUNCATE, on the tables and all their partitions,
 * whoever it is that writes. Reads go on. What it does not stop is DDL.
 *
 * <p>The triggers are made in the very transaction that holds the locks, at its end: as long as it
 * has not committed, whatever happens to us leaves no trace on a table. They call one function, and
 * to open the fence is to replace that function by one that lets everybody pass: that takes no lock
 * on a table, so that nobody can be in the way. The triggers are removed when there is time. See
 * docs/decisions/0014-fence-last.md.
 */
public final class Fence {
    /** What the session that puts it up is for. */
    public static final String PURPOSE = "fence";

    private static final String OPEN = "open";

    private final Session owner;
    private final @Nullable OldSchema schema;

    private Fence(Session owner, @Nullable OldSchema schema) {
        this.owner = owner;
        this.schema = schema;
    }

    /**
     * In the old database. What another migration has there is left alone.
     *
     * @param owner a session of the tables' owner
     */
    public static Fence inOld(Session owner, OldSchema schema) {
        return new Fence(owner, schema);
    }

    /**
     * In the new database, beside the ledger.
     *
     * @param owner see {@link #inOld}
     */
    public static Fence inNew(Session owner) {
        return new Fence(owner, null);
    }

    private boolean isOurs() {
        return schema == null ? LedgerSchema.exists(owner) : schema.isIn(owner);
    }

    /**
     * Makes the function that the triggers call, and the counters. No table is touched, and
     * everybody may write: to be called where nobody is kept off.
     */
    public void prepare() {
        owner.inWritingTransaction(
                () -> {
                    if (schema != null) {
                        schema.create(owner);
                    }
                    owner.execute(SqlText.named("cutover/create_counters"));
                    return owner.execute(SqlText.named("cutover/open_fence"));
                });
    }

    /**
     * Puts it up, inside a transaction that holds the tables' locks; it stands when that commits.
     * Whoever waits for one of the locks reads the function anew when it gets it.
     */
    public void close(List<TableName> tables, FenceNotice notice) {
        owner.execute(notice.function());
        FencedTable.of(owner, tables).forEach(table -> owner.execute(table.closing()));
    }

    /**
     * Ends the session of a command that was killed while it put up the fence: its server process
     * could still be about to commit.
     */
    public void endLeftovers() {
        if (!isOurs()) {
            return;
        }
        owner.query(
                SqlText.named("cutover/end_leftovers"),
                row -> row.truth(1),
                "confiture " + PURPOSE);
    }

    /** Drops the schema of the fence where nothing else of ours is in it. */
    public boolean dropEmptySchema() {
        return schema != null && schema.dropEmpty(owner);
    }

    /** Whether writers of any table are kept off. */
    public boolean isClosed() {
        String state = state();
        return state != null
                && !state.equals(OPEN)
                && FencedTable.all(owner).stream().anyMatch(FencedTable::isClosed);
    }

    /** Whether one is there that lets everybody pass, to be removed when there is time. */
    public boolean isLeftOpen() {
        return OPEN.equals(state());
    }

    private @Nullable String state() {
        return isOurs()
                ? owner.queryOptional(SqlText.named("cutover/read_fence"), row -> row.text(1))
                        .orElse(null)
                : null;
    }

    /** Lets everybody write again, at once; what is there stays, and does nothing. */
    public void open() {
        String state = state();
        if (state != null && !state.equals(OPEN)) {
            owner.inWritingTransaction(
                    () -> {
                        // Whatever the role or the database say: a crash must not close it again.
                        owner.execute("SET LOCAL synchronous_commit = on");
                        return owner.execute(SqlText.named("cutover/open_fence"));
                    });
        }
    }

    /**
     * Opens it and takes everything away, the triggers of one table at a time: to drop one takes
     * the table from readers too, for a moment.
     *
     * @param patience how long is waited in all for tables that are in use; each is tried once
     * @return what was there, for people
     * @throws ConfitureException if a table was in use for longer: then the fence is open, and what
     *     is left of it does nothing
     */
    public List<String> remove(Duration patience, StopSignal stop) {
        if (!isOurs()) {
            return List.of();
        }
        open();
        Deadline deadline = Deadline.in(patience);
        List<String> removed = new ArrayList<>();
        List<TableName> inUse = new ArrayList<>();
        for (FencedTable table : FencedTable.all(owner)) {
            if (drop(table, deadline, stop)) {
                removed.add("fence on " + table.table().display());
            } else {
                inUse.add(table.table());
            }
        }
        if (!inUse.isEmpty()) {
            throw stillThere(inUse);
        }
        owner.inWritingTransaction(
                () -> {
                    owner.execute("DROP FUNCTION IF EXISTS confiture.deny_write()");
                    owner.execute("DROP SEQUENCE IF EXISTS confiture.knock");
                    return owner.execute("DROP SEQUENCE IF EXISTS confiture.last_knock");
                });
        return removed;
    }

    private boolean drop(FencedTable table, Deadline deadline, StopSignal stop) {
        while (true) {
            try {
                owner.inWritingTransaction(
                        () -> {
                            owner.execute("SET LOCAL lock_timeout = '300ms'");
                            return owner.execute(table.dropping());
                        });
                return true;
            } catch (SqlFailure failure) {
                if (!failure.is(SqlState.LOCK_NOT_AVAILABLE)) {
                    throw failure;
                }
                if (deadline.isOver()) {
                    return false;
                }
                stop.pause(Duration.ofMillis(100));
            }
        }
    }

    private ConfitureException stillThere(List<TableName> tables) {
        return new ConfitureException(
                owner.end() == End.SOURCE ? ErrorCode.SOURCE_FAILED : ErrorCode.TARGET_FAILED,
                "the opened fence is still on "
                        + tables.stream().map(TableName::display).collect(Collectors.joining(", "))
                        + " of the "
                        + owner.end().label()
                        + ", where it lets everybody write, since somebody uses "
                        + (tables.size() == 1 ? "that table" : "these tables"),
                "Run `confiture s2s cleanup` again when the transactions that use "
                        + (tables.size() == 1 ? "that table" : "these tables")
                        + " have ended.");
    }
}
