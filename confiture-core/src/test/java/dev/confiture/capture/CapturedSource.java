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
import dev.confiture.environment.DatabaseAddress;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.ReplicationStream;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source with a publication and a slot made by plain SQL, and all that reads it. */
final class CapturedSource implements AutoCloseable {
    private static final String PUBLICATION = "it's \"the\", one";

    private final TestDatabase database;
    private final List<CapturedTable> tables = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private Database source;
    private Database replication;
    private KeySpill spill = this::keep;
    private int keysInMemory = ChangeStream.keysThatFit();
    private @Nullable Reading reading;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger waited = new AtomicInteger();
    private volatile @Nullable Session backlog;
    private volatile CountDownLatch mayOpen = new CountDownLatch(0);

    /** What was spilled, by transaction, in parts. */
    private final Map<Integer, List<ChangedKeys>> spilled = new TreeMap<>();

    /** The sessions of one run. */
    record Reading(Session snapshots, Session markers, ChangeStream stream, Drain drain) {}

    private CapturedSource(TestDatabase database) {
        this.database = database;
        this.source = as("postgres");
        this.replication = source;
    }

    static CapturedSource on(PostgresVersion version, String script) throws Exception {
        return on(PostgresServer.shared(version), script);
    }

    static CapturedSource on(PostgresServer server, String script) throws Exception {
        TestDatabase database = server.createDatabase();
        database.execute(script);
        return new CapturedSource(database);
    }

    static CapturedTable table(String name, String... columns) {
        return new CapturedTable(TwoDatabases.name(name), List.of(columns));
    }

    CapturedSource user(String name) {
        source = as(name);
        replication = source;
        return this;
    }

    CapturedSource replicationThrough(String host, int port) {
        DatabaseAddress direct = source.address();
        replication =
                new Database(
                        End.SOURCE,
                        new DatabaseAddress(
                                host, port, direct.database(), direct.user(), null, direct.tls()));
        return this;
    }

    CapturedSource keysInMemory(int bound) {
        keysInMemory = bound;
        return this;
    }

    CapturedSource spillInto(KeySpill other) {
        spill = other;
        return this;
    }

    /** Publishes the tables, makes the slot and begins to read. */
    CapturedSource capture(CapturedTable... captured) throws Exception {
        tables.addAll(List.of(captured));
        publish(tables.stream().map(CapturedTable::table).toList());
        return startAndAwait();
    }

    /** The same, but publishes other tables. */
    CapturedSource captureAndPublish(List<TableName> published, CapturedTable... captured)
            throws Exception {
        tables.addAll(List.of(captured));
        publish(published);
        return startAndAwait();
    }

    private void publish(List<TableName> published) throws Exception {
        database.execute(
                "CREATE PUBLICATION "
                        + Identifier.quote(PUBLICATION)
                        + " FOR TABLE "
                        + String.join(", ", published.stream().map(TableName::quoted).toList())
                        + " WITH (publish_via_partition_root = true)");
        database.execute("SELECT pg_create_logical_replication_slot('" + slot() + "', 'pgoutput')");
    }

    private CapturedSource startAndAwait() {
        start();
        Waiting.until(() -> slotValue("active").equals("t"));
        return this;
    }

    /** Begins to read, from what was confirmed last. */
    CapturedSource start() {
        startAtRest();
        stream().begin(snapshot());
        return this;
    }

    /** The same, but nothing is read before it is asked for. */
    CapturedSource startAtRest() {
        Session markers = source.open("markers");
        ChangeStream stream = ChangeStream.over(new Slot(), Lsn.NONE, tables, spill, keysInMemory);
        reading =
                new Reading(source.open("snapshots"), markers, stream, new Drain(stream, markers));
        return this;
    }

    private final class Slot implements ChangeStream.Opening {
        @Override
        public void backlog(Backlog.Reader reader) {
            waited.set(0);
            try (Session session = source.open("backlog")) {
                backlog = session;
                new Backlog(slot(), PUBLICATION)
                        .read(
                                session,
                                message -> {
                                    waited.incrementAndGet();
                                    return reader.take(message);
                                });
            }
        }

        @Override
        public void breakOff() {
            Session session = backlog;
            if (session != null) {
                session.abort();
            }
        }

        @Override
        public ReplicationStream from(Lsn position) {
            try {
                mayOpen.await();
            } catch (InterruptedException cause) {
                throw new IllegalStateException(cause);
            }
            opened.incrementAndGet();
            Waiting.until(() -> slotValue("active").equals("f"));
            return replication
                    .openReplication("changes")
                    .start(slot(), PUBLICATION, position, Duration.ofSeconds(10));
        }
    }

    /** How many messages of the slot were read before the last run's stream was opened. */
    int waited() {
        return waited.get();
    }

    /** From now on no stream is opened before the latch is open. */
    CapturedSource openStreamsAfter(CountDownLatch latch) {
        mayOpen = latch;
        return this;
    }

    /** How often a stream of the slot was opened. */
    int opened() {
        return opened.get();
    }

    /** A new run, from what was confirmed last. */
    void restart() {
        end();
        start();
    }

    /** Nobody reads for now. */
    void end() {
        stopReading();
        Waiting.until(() -> slotValue("active").equals("f"));
    }

    /** Slots belong to the server, hence each has the name of its database. */
    String slot() {
        return "slot_" + database.name();
    }

    String slotValue(String column) {
        try {
            return database.value(
                    "SELECT "
                            + column
                            + " FROM pg_replication_slots WHERE slot_name = '"
                            + slot()
                            + "'");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    TestDatabase database() {
        return database;
    }

    void execute(String script) throws Exception {
        database.execute(script);
    }

    StopSignal stop() {
        return stop;
    }

    ChangeStream stream() {
        return reading().stream();
    }

    Drain drain() {
        return reading().drain();
    }

    private Reading reading() {
        return Objects.requireNonNull(reading);
    }

    TransactionSnapshot snapshot() {
        return TransactionSnapshot.parse(
                reading()
                        .snapshots()
                        .queryOne("SELECT pg_current_snapshot()::text", row -> row.text(1)));
    }

    Due upTo(TransactionSnapshot snapshot) {
        return drain().upTo(snapshot, stop);
    }

    Due next() {
        return upTo(snapshot());
    }

    /** The keys of a table that a new snapshot brings, those that were spilled too. */
    Set<String> nextKeys(CapturedTable table) {
        return keysOf(next(), table);
    }

    Set<String> keysOf(Due due, CapturedTable table) {
        Set<String> keys =
                new TreeSet<>(due.keys().byTable().getOrDefault(table.table(), Set.of()));
        for (int xid : due.spilled()) {
            for (ChangedKeys part : spilledParts(xid)) {
                keys.addAll(part.byTable().getOrDefault(table.table(), Set.of()));
            }
        }
        return keys;
    }

    private synchronized void keep(int xid, ChangedKeys keys) {
        ChangedKeys copy = new ChangedKeys();
        copy.addAll(keys);
        spilled.computeIfAbsent(xid, any -> new ArrayList<>()).add(copy);
    }

    synchronized List<ChangedKeys> spilledParts(int xid) {
        return spilled.getOrDefault(xid, List.of());
    }

    synchronized List<ChangedKeys> allSpilledParts() {
        return spilled.values().stream().flatMap(List::stream).toList();
    }

    private Database as(String user) {
        return new Database(End.SOURCE, TwoDatabases.address(database, user));
    }

    private void stopReading() {
        Reading open = reading;
        reading = null;
        if (open != null) {
            try (Session _ = open.snapshots();
                    Session _ = open.markers();
                    ChangeStream _ = open.stream()) {
                // Closing is all there is to do.
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (database) {
            stopReading();
        }
    }
}
