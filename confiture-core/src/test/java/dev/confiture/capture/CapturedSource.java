package dev.confiture.capture;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.ChangedKeys;
import dev.confiture.change.Due;
import dev.confiture.change.KeySpill;
import dev.confiture.change.Lsn;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.ReplicationConnection;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.TestDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A source with a publication and a slot, and all that reads it. */
final class CapturedSource implements AutoCloseable {
    static final StopSignal NEVER = new StopSignal();
    private static final String PUBLICATION = "it's \"the\", one";

    /** What was spilled, by transaction. */
    final Map<Integer, ChangedKeys> spilled = new ConcurrentHashMap<>();

    final TestDatabase database;
    private final Database source;
    private final String slot;
    private final Session session;
    private final Session markers;
    final ChangeStream stream;
    final Drain drain;

    /** Slots belong to the server, hence each has the name of its database. */
    static String slotOf(TestDatabase database) {
        return "slot_" + database.name();
    }

    static CapturedSource of(TestDatabase database, CapturedTable... tables) throws Exception {
        return of(database, ChangeStream.KEYS_IN_MEMORY, tables);
    }

    static CapturedSource of(TestDatabase database, int keysInMemory, CapturedTable... tables)
            throws Exception {
        prepare(database, tables);
        Database source = new Database(End.SOURCE, TwoDatabases.address(database, "postgres"));
        return new CapturedSource(database, source, source, keysInMemory, List.of(tables));
    }

    /** Makes the publication and the slot. */
    static void prepare(TestDatabase database, CapturedTable... tables) throws Exception {
        String names =
                String.join(", ", List.of(tables).stream().map(it -> it.table().quoted()).toList());
        database.execute(
                "CREATE PUBLICATION "
                        + Identifier.quote(PUBLICATION)
                        + " FOR TABLE "
                        + names
                        + " WITH (publish_via_partition_root = true)");
        database.execute(
                "SELECT pg_create_logical_replication_slot('"
                        + slotOf(database)
                        + "', 'pgoutput')");
    }

    CapturedSource(
            TestDatabase database,
            Database source,
            Database replication,
            int keysInMemory,
            Collection<CapturedTable> tables) {
        this.database = database;
        this.source = source;
        this.slot = slotOf(database);
        this.session = source.open("test");
        this.markers = source.open("markers");
        ReplicationConnection connection = replication.openReplication("changes");
        KeySpill spill =
                (xid, keys) -> spilled.computeIfAbsent(xid, any -> new ChangedKeys()).addAll(keys);
        this.stream =
                ChangeStream.over(
                        connection.start(slot, PUBLICATION, Lsn.NONE, Duration.ofSeconds(10)),
                        tables,
                        spill,
                        keysInMemory);
        this.drain = new Drain(stream, markers);
    }

    Database source() {
        return source;
    }

    TransactionSnapshot snapshot() {
        return TransactionSnapshot.parse(
                session.queryOne("SELECT pg_current_snapshot()::text", row -> row.text(1)));
    }

    Due next() {
        return drain.upTo(snapshot(), NEVER);
    }

    /** The keys of one table that the next snapshot brings. */
    Set<String> nextKeys(CapturedTable table) {
        return next().keys().byTable().getOrDefault(table.table(), Set.of());
    }

    /** The keys of all tables that the next snapshot brings. */
    Map<TableName, Set<String>> nextByTable() {
        return new TreeMap<>(next().keys().byTable());
    }

    static CapturedTable table(String name, String... columns) {
        return new CapturedTable(TwoDatabases.name(name), List.of(columns));
    }

    @Override
    public void close() {
        try (session;
                markers;
                stream) {
            // Closing is all there is to do.
        }
    }
}
