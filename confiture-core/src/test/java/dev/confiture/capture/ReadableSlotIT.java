package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.change.Lsn;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadableSlotIT {
    private static final ReplicationSlot SLOT = new ReplicationSlot("confiture_readable_test");

    private static final String READ =
            "SELECT count(*) FROM pg_logical_slot_peek_binary_changes('"
                    + SLOT.name()
                    + "', NULL, NULL, 'proto_version', '1', 'publication_names', 'p')";

    /** What the server forgets if it commits between the first two steps, and what follows it. */
    static Stream<Arguments> changes() {
        return TwoDatabases.versions()
                .flatMap(
                        version ->
                                Stream.of(
                                        Arguments.of(version, "TRUNCATE t", "t"),
                                        Arguments.of(
                                                version, "TRUNCATE unpublished", "unpublished"),
                                        Arguments.of(version, "VACUUM FULL t", "t"),
                                        Arguments.of(version, "CREATE TABLE n (id int)", "n")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isMadeAgainIfATableChangedMeanwhile(PostgresVersion version, String change, String table)
            throws Exception {
        assertThat(made(version, change, table))
                .anyMatch(event -> String.valueOf(event).contains("made again"));
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void isMadeOnceIfOnlyRowsChanged(PostgresVersion version) throws Exception {
        String change = "CREATE TEMP TABLE own AS SELECT 1; INSERT INTO t VALUES (4); ANALYZE t";

        assertThat(made(version, change, "t"))
                .noneMatch(event -> String.valueOf(event).contains("made again"));
    }

    /**
     * A change between the first two steps, beside a transaction that is older than it, and one
     * that writes between the second step and the last, and ends later.
     */
    private static List<ProgressEvent> made(PostgresVersion version, String change, String table)
            throws Exception {
        List<ProgressEvent> events = new CopyOnWriteArrayList<>();
        try (TestDatabase database = database(version);
                Session session = TwoDatabases.asSource(database).open("test")) {
            OpenTransaction first = OpenTransaction.on(database);
            CompletableFuture<Lsn> slot =
                    CompletableFuture.supplyAsync(() -> make(database, session, events));
            first.awaitSlotWaiting();
            OpenTransaction second = OpenTransaction.on(database);
            database.execute(change);
            first.commit();
            second.awaitSlotWaiting();
            OpenTransaction across = OpenTransaction.on(database);
            across.execute("INSERT INTO " + table + " VALUES (2)");
            second.commit();
            Waiting.until(() -> slot.isDone() || across.isWaitedFor());
            across.commit();
            slot.get(30, TimeUnit.SECONDS);
            database.execute("INSERT INTO t VALUES (3)");

            assertThat(database.number(READ)).isPositive();
            SLOT.drop(session, new StopSignal());
        }
        return events;
    }

    private static TestDatabase database(PostgresVersion version) throws Exception {
        TestDatabase database = PostgresServer.shared(version).createDatabase();
        database.execute(
                """
                CREATE TABLE t (id int);
                INSERT INTO t VALUES (1);
                CREATE TABLE unpublished (id int);
                CREATE PUBLICATION p FOR TABLE t;
                """);
        return database;
    }

    private static Lsn make(TestDatabase database, Session session, List<ProgressEvent> events) {
        return new ReadableSlot(
                        SLOT,
                        TwoDatabases.asSource(database),
                        session,
                        events::add,
                        new StopSignal())
                .make(Duration.ofSeconds(60));
    }
}
