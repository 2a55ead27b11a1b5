package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.ChangedKeys;
import dev.confiture.change.Due;
import dev.confiture.change.KeySpill;
import dev.confiture.change.Lsn;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
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
                "SELECT slot, publication, timeline, position::text FROM confiture.capture",
                row -> {
                    String position = row.textOrNull(4);
                    return new CaptureRecord(
                            row.text(1),
                            row.text(2),
                            row.textOrNull(3),
                            position == null ? null : Lsn.parse(position),
                            tables(session));
                });
    }

    private static List<CapturedTable> tables(Session session) {
        return session.query(
                "SELECT table_schema, table_name, columns FROM confiture.captured_table"
                        + " ORDER BY number",
                row -> new CapturedTable(new TableName(row.text(1), row.text(2)), row.texts(3)));
    }

    /** Notes what is about to be made on the source. */
    public void announce(String slot, String publication, List<CapturedTable> tables) {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    forgetAll();
                    session.update(
                            "INSERT INTO confiture.capture (slot, publication) VALUES (?, ?)",
                            slot,
                            publication);
                    for (int number = 0; number < tables.size(); number++) {
                        CapturedTable table = tables.get(number);
                        numbers.put(table.table(), number);
                        session.update(
                                "INSERT INTO confiture.captured_table VALUES (?, ?, ?, ?)",
                                number,
                                table.table().schema(),
                                table.table().name(),
                                table.columns());
                    }
                    return slot;
                });
    }

    /** The slot is made and its barrier is passed: from here on rows may be copied. */
    public void begin(String timeline, Lsn position) {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    return session.update(
                            "UPDATE confiture.capture SET timeline = ?, position = ?::pg_lsn,"
                                    + " moved_at = clock_timestamp()",
                            timeline,
                            position.toString());
                });
    }

    /** Nothing is captured any more. */
    public void forget() {
        session.inTransaction(
                () -> {
                    ledger.mustHoldEpoch();
                    forgetAll();
                    return session;
                });
    }

    private void forgetAll() {
        session.execute("DELETE FROM confiture.changed_key");
        session.execute("DELETE FROM confiture.spilled_key");
        session.execute("DELETE FROM confiture.captured_table");
        session.execute("DELETE FROM confiture.capture");
        numbers.clear();
    }

    /** Throws away what an earlier run had spilled: the source sends it again. */
    public void clearSpill() {
        session.execute("TRUNCATE confiture.spilled_key");
    }

    @Override
    public void keep(int xid, ChangedKeys keys) {
        keys.byTable()
                .forEach(
                        (table, texts) ->
                                session.update(
                                        "INSERT INTO confiture.spilled_key"
                                                + " SELECT ?::bigint, ?::integer,"
                                                + " unnest(?::text[])",
                                        Integer.toUnsignedLong(xid),
                                        number(table),
                                        List.copyOf(texts)));
    }

    /** Keeps the changes for a later hop, as durable as the position that is noted with them. */
    public void keep(Due due) {
        session.inTransaction(
                () -> {
                    store(due);
                    moveTo(due.position(), due.snapshot());
                    return due;
                });
    }

    /** Adds the changes to the kept ones; part of the caller's transaction. */
    public void store(Due due) {
        due.keys().byTable().forEach((table, texts) -> insert(table, List.copyOf(texts)));
        due.keys().wholeTables().forEach(table -> insert(table, List.of("")));
        if (!due.spilled().isEmpty()) {
            session.update(
                    SqlText.named("ledger/take_spilled_keys"),
                    due.spilled().stream().map(Integer::toUnsignedString).toList());
        }
    }

    private void insert(TableName table, List<String> keys) {
        session.update(
                "INSERT INTO confiture.changed_key SELECT ?::integer, unnest(?::text[])"
                        + " ON CONFLICT DO NOTHING",
                number(table),
                keys);
    }

    /** Notes up to where all changes are worked off or kept; part of the caller's transaction. */
    public void moveTo(Lsn position, TransactionSnapshot snapshot) {
        ledger.mustHoldEpoch();
        session.update(
                "UPDATE confiture.capture SET position = ?::pg_lsn, snapshot = ?,"
                        + " moved_at = clock_timestamp()",
                position.toString(),
                snapshot.text());
    }

    /** Whether changed keys wait for a hop. */
    public boolean holdsKeys() {
        return session.queryOne(
                "SELECT EXISTS (SELECT FROM confiture.changed_key)", row -> row.truth(1));
    }

    /** The kept changes, for a hop; to be used inside its transaction. */
    public KeptKeys keptKeys() {
        return new KeptKeys(session, tables(session).stream().map(CapturedTable::table).toList());
    }

    private int number(TableName table) {
        return Objects.requireNonNull(numbers.get(table), table.toString());
    }
}
