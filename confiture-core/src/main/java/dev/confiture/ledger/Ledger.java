package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;

/**
 * The migration's memory, in schema {@code confiture} on the target. Every write is made under an
 * epoch: a controller that lost its place (its machine slept, its lock went with a dropped
 * connection) cannot change anything any more.
 */
public final class Ledger {
    /** Grows when the tables change shape; an older ledger is refused, not guessed at. */
    private static final int FORMAT = 4;

    private final Session session;
    private final long epoch;
    private final String epochTable;

    private Ledger(Session session, long epoch, String epochTable) {
        this.session = session;
        this.epoch = epoch;
        this.epochTable = epochTable;
    }

    /** Whether the target has a ledger, finished or not. */
    public static boolean exists(Session session) {
        return session.queryOne(
                "SELECT to_regclass('confiture.migration') IS NOT NULL", row -> row.truth(1));
    }

    /** Makes the schema, its tables and the migration's row. */
    public static void create(Session session, MigrationRecord migration) {
        session.inTransaction(
                () -> {
                    LedgerSchema.create(session);
                    session.execute(SqlText.named("ledger/create_ledger"));
                    session.execute(SqlText.named("ledger/create_capture"));
                    session.execute(SqlText.named("ledger/create_verification"));
                    return session.update(
                            "INSERT INTO confiture.migration (format, mode, phase,"
                                    + " source_reference, source_display, source_system,"
                                    + " source_database) VALUES (?, ?, ?, ?, ?, ?, ?)",
                            FORMAT,
                            migration.mode().label(),
                            migration.phase().name(),
                            migration.sourceReference(),
                            migration.sourceDisplay(),
                            migration.sourceSystem(),
                            migration.sourceDatabase());
                });
    }

    /** A new place for the ledger's reader and writer; everyone before it can write no more. */
    public static Ledger takeOver(Session session) {
        read(session);
        long epoch =
                session.queryOne(
                        "UPDATE confiture.migration SET epoch = epoch + 1, pause = NULL"
                                + " RETURNING epoch",
                        row -> row.number(1));
        return new Ledger(session, epoch, "confiture.migration");
    }

    /** The same place in the ledger, through another session (a worker's). */
    public Ledger through(Session other) {
        return new Ledger(other, epoch, epochTable);
    }

    /**
     * The same place in that part of the ledger which lies in the old database, as {@link
     * WayBackSchema} has made it. There too everyone before can write no more: what they have begun
     * to write is waited for.
     */
    public Ledger inOldDatabase(Session old) {
        mustHaveChanged(
                old.inWritingTransaction(
                        () ->
                                old.update(
                                        "UPDATE confiture.way_back SET epoch = ? WHERE epoch <= ?",
                                        epoch,
                                        epoch)));
        return new Ledger(old, epoch, "confiture.way_back");
    }

    /** The chunks of the copy, through the same session. */
    public CopyLedger copy() {
        return new CopyLedger(this, session);
    }

    /** What was taken off the target's tables, through the same session. */
    public RemovedObjects removedObjects() {
        return new RemovedObjects(this, session);
    }

    /** The live part, through the same session. */
    public CaptureLedger capture() {
        return new CaptureLedger(this, session);
    }

    /** What is known of verifications, through the same session. */
    public VerifyLedger verification() {
        return new VerifyLedger(this, session);
    }

    /** The record of switchovers, through the same session. */
    public SwitchoverLedger switchovers() {
        return new SwitchoverLedger(this, session);
    }

    /** Reads the migration's row, or says that `setup` comes first. */
    public static MigrationRecord read(Session session) {
        if (!exists(session)) {
            throw notSetUp();
        }
        return session.queryOptional(SqlText.named("ledger/read_migration"), Ledger::migration)
                .orElseThrow(Ledger::notSetUp);
    }

    private static ConfitureException notSetUp() {
        return new ConfitureException(
                ErrorCode.NOT_SET_UP,
                "this target has no migration yet",
                "Run `confiture s2s setup --source SOURCE --target TARGET` first.");
    }

    private static MigrationRecord migration(Row row) {
        if (row.number(1) != FORMAT) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "the ledger on the target is of format "
                            + row.number(1)
                            + ", this version of Confiture writes format "
                            + FORMAT,
                    "Finish the migration with the version that began it.");
        }
        return new MigrationRecord(
                MigrationMode.of(row.text(2)),
                Phase.valueOf(row.text(3)),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8));
    }

    public MigrationRecord read() {
        return read(session);
    }

    /** Goes to the next phase; one that cannot follow the present one is a bug. */
    public void advance(Phase next) {
        Phase present = read().phase();
        if (!present.canBecome(next)) {
            throw new IllegalStateException("no way from " + present + " to " + next);
        }
        mustHaveChanged(
                session.update(
                        "UPDATE confiture.migration SET phase = ?, phase_since = clock_timestamp()"
                                + " WHERE phase = ? AND epoch = ?",
                        next.name(),
                        present.name(),
                        epoch));
    }

    /** Keeps a mapping; a file takes the place of the file before, a table of the same table. */
    public void store(StoredMapping mapping) {
        mustHoldEpoch();
        session.update(
                "DELETE FROM confiture.mapping WHERE source_table IS NOT DISTINCT FROM ?"
                        + " AND target_table IS NOT DISTINCT FROM ?",
                mapping.sourceTable(),
                mapping.targetTable());
        session.update(
                "INSERT INTO confiture.mapping (source_table, target_table, text)"
                        + " VALUES (?, ?, ?)",
                mapping.sourceTable(),
                mapping.targetTable(),
                mapping.text());
    }

    /** The mappings that this migration was given: the file first, then single tables. */
    public static List<StoredMapping> mappings(Session session) {
        return session.query(
                "SELECT source_table, target_table, text FROM confiture.mapping"
                        + " ORDER BY source_table IS NOT NULL, number",
                row -> new StoredMapping(row.textOrNull(1), row.textOrNull(2), row.text(3)));
    }

    /** Every entry whose copy was planned, in the order in which they were planned. */
    public static List<EntryRecord> entries(Session session) {
        return session.query(SqlText.named("ledger/list_entries"), Ledger::entry);
    }

    public List<EntryRecord> entries() {
        return entries(session);
    }

    private static EntryRecord entry(Row row) {
        return new EntryRecord(
                row.text(1),
                new TableName(row.text(2), row.text(3)),
                new TableName(row.text(4), row.text(5)),
                row.text(6),
                Strategy.valueOf(row.text(7)),
                row.text(8),
                row.number(9),
                row.text(10),
                Math.toIntExact(row.number(11)),
                Math.toIntExact(row.number(12)),
                row.number(13),
                row.number(14),
                row.number(15));
    }

    /**
     * Holds the migration's row until the transaction ends, so that no other controller can take
     * over between this look and the commit.
     */
    void mustHoldEpoch() {
        mustHaveChanged(
                session.query(
                                "SELECT 1 FROM " + epochTable + " WHERE epoch = ? FOR SHARE",
                                row -> row.number(1),
                                epoch)
                        .size());
    }

    static void mustHaveChanged(long rows) {
        if (rows == 0) {
            throw new ConfitureException(
                    ErrorCode.ALREADY_RUNNING,
                    "another Confiture command has taken over this migration; this one stops",
                    "Nothing was lost: what it had not finished, the other one does.");
        }
    }
}
