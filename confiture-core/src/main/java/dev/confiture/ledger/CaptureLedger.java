package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.ChangedKeys;
import dev.confiture.change.Due;
import dev.confiture.change.KeySpill;
import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The live part of the ledger: which slot is ours, up to where its changes are worked off, and the
 * changed keys that wait for a hop.
 */
public final class CaptureLedger implements KeySpill {
    /** A number that no transaction has. */
    private static final int OF_THE_HOP = 0;

    private static final String SPILLED = "transaction = ANY (CAST(CAST(? AS text[]) AS bigint[]))";

    private static final String WAITING =
            "(SELECT table_number, key FROM confiture.changed_key UNION ALL"
                    + " SELECT table_number, key FROM confiture.spilled_key WHERE "
                    + SPILLED
                    + ") AS waiting";

    private final Ledger ledger;
    private final Session session;
    private final Map<TableName, Integer> numbers = new HashMap<>();

    CaptureLedger(Ledger ledger, Session session) {
        this.ledger = ledger;
        this.session = session;
        List<CapturedTable> tables = tables(session);
        for (int number = 0; number < tables.size(); number++) {
            numbers.put(tables.get(number).table(), number);
        }
    }

    /** What is captured, or empty if capture was never begun (or was given up). */
    public static Optional<CaptureRecord> read(Session session) {
        return session.queryOptional(
                "SELECT slot, publication, publication_version, timeline, position::text"
                        + " FROM confiture.capture",
                row -> {
                    String position = row.textOrNull(5);
                    return new CaptureRecord(
                            row.text(1),
                            row.text(2),
                            row.textOrNull(3),
                            row.textOrNull(4),
                            position == null ? null : Lsn.parse(position),
                            tables(session));
                });
    }

    static List<CapturedTable> tables(Session session) {
        return session.query(
                "SELECT table_schema, table_name, columns FROM confiture.captured_table"
                        + " ORDER BY number",
                row -> new CapturedTable(new TableName(row.text(1), row.text(2)), row.texts(3)));
    }

    /** What the numbers of tables stand for that go with keys. */
    static List<TableName> names(Session session) {
        return tables(session).stream().map(CapturedTable::table).toList();
    }

    /**
     * A capture that begins when rows have been copied would miss what was changed in between.
     *
     * @throws ConfitureException {@link ErrorCode#WRONG_PHASE} if any were
     */
    public void mustPrecedeTheCopy() {
        boolean copied =
                session.queryOne(
                        "SELECT EXISTS (SELECT FROM confiture.chunk WHERE done_at IS NOT NULL)",
                        row -> row.truth(1));
        if (copied) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "rows have been copied, but the changes since then are not captured",
                    "Run `confiture s2s migrate --resync`: it copies everything anew.");
        }
    }

    /** Notes what is about to be made on the source. */
    public void announce(String slot, String publication, List<CapturedTable> tables) {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    forgetAll();
                    name(slot, publication);
                    for (int number = 0; number < tables.size(); number++) {
                        CapturedTable table = tables.get(number);
                        numbers.put(table.table(), number);
                        session.update(
                                "INSERT INTO confiture.captured_table"
                                        + " (number, table_schema, table_name, columns)"
                                        + " VALUES (?, ?, ?, ?)",
                                number,
                                table.table().schema(),
                                table.table().name(),
                                table.columns());
                    }
                    return slot;
                });
    }

    /**
     * The slot is made and its barrier is passed: from here on rows may be copied.
     *
     * @param publication which of its forms the publication has
     * @param fingerprints what each table looks like, as it is compared later on
     */
    public void begin(
            String timeline,
            Lsn position,
            String publication,
            Map<TableName, String> fingerprints) {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    remember(fingerprints);
                    return session.update(
                            "UPDATE confiture.capture SET timeline = ?, position = ?::pg_lsn,"
                                    + " publication_version = ?",
                            timeline,
                            position.toString(),
                            publication);
                });
    }

    /**
     * The slot is made; from where on its changes count is to be decided.
     *
     * @param publication which of its forms the publication has
     * @param fingerprints what each table looks like, as it is compared later on
     */
    public void prepare(String timeline, String publication, Map<TableName, String> fingerprints) {
        session.inWritingTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    remember(fingerprints);
                    return session.update(
                            "UPDATE confiture.capture SET timeline = ?, publication_version = ?",
                            timeline,
                            publication);
                });
    }

    /** What is known of both sides at the position at which a capture begins. */
    public enum BothSides {
        EQUAL,
        NOT_COMPARED
    }

    /**
     * Its changes count from this position on. Said again, it changes nothing.
     *
     * @param there if both sides are equal, the rows that are changed from there on are kept, so
     *     that no others need be compared
     */
    public void beginAt(Lsn position, BothSides there) {
        session.inWritingTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    long begun =
                            session.update(
                                    "UPDATE confiture.capture SET position = ?::pg_lsn"
                                            + " WHERE position IS NULL",
                                    position.toString());
                    if (begun > 0 && there == BothSides.EQUAL) {
                        VerifyLedger.beginGreen(session);
                    }
                    return begun;
                });
    }

    /** What each table looked like when it was last compared. */
    public Map<TableName, String> fingerprints() {
        Map<TableName, String> fingerprints = new HashMap<>();
        session.query(
                        "SELECT table_schema, table_name, fingerprint"
                                + " FROM confiture.captured_table",
                        row -> Map.entry(new TableName(row.text(1), row.text(2)), row.text(3)))
                .forEach(table -> fingerprints.put(table.getKey(), table.getValue()));
        return fingerprints;
    }

    /** Puts what the tables look like now in the place of what they looked like. */
    public void remember(Map<TableName, String> fingerprints) {
        fingerprints.forEach(
                (table, fingerprint) ->
                        session.update(
                                "UPDATE confiture.captured_table SET fingerprint = ?"
                                        + " WHERE number = ?",
                                fingerprint,
                                number(table)));
    }

    /**
     * Nothing is captured any more; part of the caller's transaction. What was made on the source
     * stays known by its names, so that cleanup finds it.
     */
    public void forget() {
        ledger.mustHoldEpoch();
        Optional<CaptureRecord> known = read(session);
        forgetAll();
        known.ifPresent(capture -> name(capture.slot(), capture.publication()));
    }

    private void name(String slot, String publication) {
        session.update(
                "INSERT INTO confiture.capture (slot, publication) VALUES (?, ?)",
                slot,
                publication);
    }

    private void forgetAll() {
        VerifyLedger.forgetAll(session);
        session.execute("DELETE FROM confiture.changed_key");
        session.execute("DELETE FROM confiture.spilled_key");
        session.execute("DELETE FROM confiture.captured_table");
        session.execute("DELETE FROM confiture.capture");
        numbers.clear();
    }

    /** Throws away what an earlier run had spilled: the source sends it again. */
    public void clearSpill() {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    return session.execute("TRUNCATE confiture.spilled_key");
                });
    }

    @Override
    public void keep(int xid, ChangedKeys keys) {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    keys.forEach((table, texts) -> spill(xid, table, texts));
                    return keys;
                });
    }

    private void spill(int xid, TableName table, List<String> keys) {
        session.update(
                "INSERT INTO confiture.spilled_key"
                        + " SELECT ?::bigint, ?::integer, unnest(?::text[])",
                Integer.toUnsignedLong(xid),
                number(table),
                keys);
    }

    /** Keeps the changes for a later hop, as durable as the position that is noted with them. */
    public void keep(Due due) {
        session.inTransaction(
                () -> {
                    store(due);
                    moveTo(due.position());
                    return due;
                });
    }

    private void store(Due due) {
        due.keys().forEach(this::insert);
        due.keys().wholeTables().forEach(table -> insert(table, List.of("")));
        if (!due.spilled().isEmpty()) {
            session.update(SqlText.named("ledger/take_spilled_keys"), numbers(due.spilled()));
        }
    }

    private static List<String> numbers(List<Integer> xids) {
        return xids.stream().map(Integer::toUnsignedString).toList();
    }

    private void insert(TableName table, List<String> keys) {
        session.update(
                "INSERT INTO confiture.changed_key SELECT ?::integer, unnest(?::text[])"
                        + " ON CONFLICT DO NOTHING",
                number(table),
                keys);
    }

    /** Notes up to where all changes are kept; part of the caller's transaction. */
    private void moveTo(Lsn position) {
        ledger.mustHoldEpoch();
        // The source is told to forget what comes before: it must be safe here, whatever the role.
        session.execute("SET LOCAL synchronous_commit = on");
        session.update("UPDATE confiture.capture SET position = ?::pg_lsn", position.toString());
    }

    /**
     * Notes that the target has come to the snapshot of these changes; part of the hop's
     * transaction.
     *
     * @param age how long ago the snapshot was taken
     */
    public void finish(Due due, Duration age) {
        moveTo(due.position());
        session.update(
                "UPDATE confiture.capture SET snapshot = ?,"
                        + " as_of = clock_timestamp() - ?::bigint * interval '1 microsecond'",
                due.snapshot().text(),
                age.toNanos() / 1000);
    }

    /** How many seconds the target is behind the source, or empty before the first hop. */
    public static Optional<Double> secondsBehind(Session session) {
        return session.queryOne(
                "SELECT extract(epoch FROM clock_timestamp() - max(as_of))::text"
                        + " FROM confiture.capture",
                row -> Optional.ofNullable(row.textOrNull(1)).map(Double::valueOf));
    }

    /** Whether changed keys wait for a hop. */
    public boolean holdsKeys() {
        return session.queryOne(
                "SELECT EXISTS (SELECT FROM confiture.changed_key)", row -> row.truth(1));
    }

    /** The kept changes; to be used inside a transaction. */
    public KeptKeys keptKeys() {
        return new KeptKeys(session, "confiture.changed_key", names(session));
    }

    /**
     * All that waits for a hop, where it is more than memory should hold: what is kept, what was
     * spilled, and what is in memory, which is spilled for it. Part of the hop's transaction.
     */
    public KeptKeys waitingKeys(Due due) {
        due.keys().forEach((table, keys) -> spill(OF_THE_HOP, table, keys));
        due.keys().wholeTables().forEach(table -> spill(OF_THE_HOP, table, List.of("")));
        return new KeptKeys(session, WAITING, names(session), spilledFor(due));
    }

    /** Forgets what waited for a hop, in its transaction. */
    public void forgetWaitingKeys(Due due) {
        session.execute("DELETE FROM confiture.changed_key");
        session.update("DELETE FROM confiture.spilled_key WHERE " + SPILLED, spilledFor(due));
    }

    private static List<String> spilledFor(Due due) {
        List<String> transactions = new ArrayList<>(numbers(due.spilled()));
        transactions.add(Integer.toUnsignedString(OF_THE_HOP));
        return transactions;
    }

    /** One pass over the kept changes, to be closed; begun outside a transaction. */
    public KeptKeysPass keptKeysPass() {
        return new KeptKeysPass(ledger, session, keptKeys(), numbers);
    }

    private int number(TableName table) {
        return Objects.requireNonNull(numbers.get(table), table.toString());
    }
}
