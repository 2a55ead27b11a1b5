package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.List;
import java.util.Optional;

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

    /** Stores an entry with all its chunks; part of the caller's transaction. */
    public void plan(EntryRecord entry, List<PlannedChunk> chunks) {
        mustHoldEpoch();
        session.update(
                SqlText.named("ledger/insert_entry"),
                entry.entry(),
                entry.source().schema(),
                entry.source().name(),
                entry.target().schema(),
                entry.target().name(),
                entry.selectText(),
                entry.strategy().name(),
                entry.reason(),
                entry.estimatedRows(),
                entry.storage());
        for (PlannedChunk planned : chunks) {
            session.update(
                    "INSERT INTO confiture.chunk (entry, number, relation, condition,"
                            + " bytes_estimated) VALUES (?, ?, ?, ?, ?)",
                    planned.chunk().entry(),
                    planned.chunk().number(),
                    planned.chunk().relation(),
                    planned.chunk().condition(),
                    planned.bytesEstimated());
        }
    }

    /** Forgets an entry of which no row was copied yet, so that it can be planned anew. */
    public void forget(EntryRecord entry) {
        mustHoldEpoch();
        if (entry.chunksDone() > 0) {
            throw new IllegalStateException("rows were copied already: " + entry.entry());
        }
        delete(entry);
    }

    /** Forgets an entry whose rows are deleted in the same transaction. */
    public void startOver(EntryRecord entry) {
        mustHoldEpoch();
        delete(entry);
    }

    private void delete(EntryRecord entry) {
        session.update("DELETE FROM confiture.chunk WHERE entry = ?", entry.entry());
        session.update("DELETE FROM confiture.entry WHERE entry = ?", entry.entry());
    }

    /** A chunk and how much of the source it will probably read. */
    public record PlannedChunk(Chunk chunk, long bytesEstimated) {}

    public List<Chunk> pendingChunks() {
        return session.query(
                SqlText.named("ledger/list_pending_chunks"),
                row ->
                        new Chunk(
                                row.text(1),
                                Math.toIntExact(row.number(2)),
                                row.text(3),
                                row.textOrNull(4),
                                row.number(5)));
    }

    /**
     * Marks a chunk as done inside the transaction that wrote its rows.
     *
     * @param snapshot names the source snapshot that it was read from
     */
    public void finish(Chunk chunk, long rows, long bytes, long milliseconds, String snapshot) {
        mustHoldEpoch();
        mustHaveChanged(
                session.update(
                        SqlText.named("ledger/finish_chunk"),
                        rows,
                        bytes,
                        milliseconds,
                        snapshot,
                        chunk.entry(),
                        chunk.number()));
    }

    /** How many different source snapshots the rows copied so far were read from. */
    public int snapshots() {
        return session.queryOne(
                "SELECT count(DISTINCT snapshot) FROM confiture.chunk WHERE done_at IS NOT NULL",
                row -> Math.toIntExact(row.number(1)));
    }

    /** Rows per second over the last minute, or empty if no chunk was finished in it. */
    public static Optional<Double> recentRate(Session session) {
        return session.queryOne(
                SqlText.named("ledger/measure_rate"),
                row -> Optional.ofNullable(row.textOrNull(1)).map(Double::valueOf));
    }

    /**
     * Remembers an object before it is dropped; part of the dropping transaction. An earlier run
     * may have brought it back in part: what that run left to do comes after this.
     */
    public void remember(RemovedObject object) {
        mustHoldEpoch();
        long known =
                session.update(
                        "UPDATE confiture.removed_object"
                                + " SET restore_statements = ? || restore_statements"
                                + " WHERE table_schema = ? AND table_name = ? AND kind = ?"
                                + " AND name = ? AND restored_at IS NULL",
                        object.restoreStatements(),
                        object.table().schema(),
                        object.table().name(),
                        object.kind().name(),
                        object.name());
        if (known == 0) {
            insert(object);
        }
    }

    private void insert(RemovedObject object) {
        session.update(
                "INSERT INTO confiture.removed_object (table_schema, table_name, kind, name,"
                        + " restore_statements) VALUES (?, ?, ?, ?, ?)",
                object.table().schema(),
                object.table().name(),
                object.kind().name(),
                object.name(),
                object.restoreStatements());
    }

    /** What is not back yet, in the order in which it comes back. */
    public static List<RemovedObject> removedObjects(Session session) {
        return session.query(
                "SELECT number, table_schema, table_name, kind, name, restore_statements"
                        + " FROM confiture.removed_object WHERE restored_at IS NULL"
                        + " ORDER BY number",
                row ->
                        new RemovedObject(
                                Math.toIntExact(row.number(1)),
                                new TableName(row.text(2), row.text(3)),
                                RemovedObject.Kind.valueOf(row.text(4)),
                                row.text(5),
                                row.texts(6)));
    }

    public List<RemovedObject> removedObjects() {
        return removedObjects(session);
    }

    /** Remembers what is left to do for an object, part of which is back. */
    public void remember(RemovedObject object, List<String> remainingStatements) {
        mustHoldEpoch();
        mustHaveChanged(
                session.update(
                        "UPDATE confiture.removed_object SET restore_statements = ?"
                                + " WHERE number = ? AND restored_at IS NULL",
                        remainingStatements,
                        object.number()));
    }

    /** Marks an object as back, inside the transaction that brought it back. */
    public void restored(RemovedObject object) {
        mustHoldEpoch();
        mustHaveChanged(
                session.update(
                        "UPDATE confiture.removed_object SET restored_at = clock_timestamp()"
                                + " WHERE number = ? AND restored_at IS NULL",
                        object.number()));
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

    private static void mustHaveChanged(long rows) {
        if (rows == 0) {
            throw new ConfitureException(
                    ErrorCode.ALREADY_RUNNING,
                    "another Confiture command has taken over this migration; this one stops",
                    "Nothing was lost: what it had not finished, the other one does.");
        }
    }
}
