package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.TwoDatabases;
import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.CreatedSlot;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.ReplicationConnection;
import dev.confiture.postgres.ServerIdentity;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

class ReplicationSlotIT {
    private static final ReplicationSlot SLOT = new ReplicationSlot("confiture_slot_test");
    private static final StopSignal NEVER = new StopSignal();

    static Stream<PostgresVersion> versions() {
        return TwoDatabases.versions();
    }

    /** A database of the server for the slot, with the sessions that its life takes. */
    private record Source(TestDatabase database, Session session, ReplicationConnection connection)
            implements AutoCloseable {
        static Source on(PostgresServer server) throws Exception {
            TestDatabase database = server.createDatabase();
            Database source = TwoDatabases.asSource(database);
            return new Source(database, source.open("test"), source.openReplication("capture"));
        }

        static Source on(PostgresVersion version) throws Exception {
            return on(PostgresServer.shared(version));
        }

        CreatedSlot create(Duration time, ProgressListener listener, StopSignal stop) {
            return SLOT.create(connection, session, time, listener, stop);
        }

        CreatedSlot create() {
            return create(Duration.ofSeconds(20), ProgressListener.SILENT, NEVER);
        }

        long slots() throws Exception {
            return database.number("SELECT count(*) FROM pg_replication_slots");
        }

        /** Senders that are busy with a slot; idle connections are no burden. */
        void assertNothingIsLeft() throws Exception {
            assertThat(slots()).isZero();
            connection.close();
            Waiting.until(() -> database.number("SELECT count(*) FROM pg_stat_replication") == 0);
        }

        @Override
        public void close() throws SQLException {
            connection.close();
            SLOT.drop(session, NEVER);
            session.close();
            database.close();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void isMadeWithASnapshotAndIsGoneOnceItIsDropped(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version)) {
            CreatedSlot slot = source.create();

            assertThat(slot.snapshot()).isNotEmpty();
            SlotHealth health = SlotHealth.of(source.session(), SLOT.name()).orElseThrow();
            assertThat(health.confirmed()).isEqualTo(slot.consistentPoint());
            assertThat(health.ours()).isTrue();
            assertThat(health.isLost()).isFalse();
            assertThat(health.restart()).isNotEqualTo(Lsn.NONE);
            assertThat(slot.consistentPoint().isBefore(health.restart())).isFalse();
            assertThat(SLOT.drop(source.session(), NEVER)).isTrue();
            assertThat(SLOT.drop(source.session(), NEVER)).isFalse();
            source.assertNothingIsLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void namesWhoHoldsItUpAndLeavesNothingWhenItGivesUp(PostgresVersion version) throws Exception {
        List<ProgressEvent> events = new CopyOnWriteArrayList<>();
        try (Source source = Source.on(version);
                Connection busy = source.database().connect();
                Statement statement = busy.createStatement()) {
            source.database().execute("CREATE TABLE t (id int)");
            source.database()
                    .execute("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'my gid'");
            statement.execute("SET application_name = 'nightly job'");
            statement.execute("BEGIN; INSERT INTO t VALUES (2)");

            ConfitureException failure =
                    catchThrowableOfType(
                            ConfitureException.class,
                            () -> source.create(Duration.ofSeconds(2), events::add, NEVER));

            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(failure.getMessage())
                    .contains(
                            "prepared transaction 'my gid' (user postgres, database "
                                    + source.database().name())
                    .contains("nightly job");
            assertThat(failure.hint()).contains("ROLLBACK PREPARED 'my gid';");
            assertThat(events)
                    .anyMatch(event -> String.valueOf(event).contains("my gid"))
                    .anyMatch(event -> String.valueOf(event).contains("nightly job"));
            source.assertNothingIsLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void goesOnAsSoonAsTheTransactionEnds(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version);
                Connection busy = source.database().connect();
                Statement statement = busy.createStatement()) {
            statement.execute("BEGIN; CREATE TABLE t (id int)");
            Thread end =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        Waiting.until(() -> isWaiting(source));
                                        try {
                                            statement.execute("COMMIT");
                                        } catch (SQLException failure) {
                                            throw new IllegalStateException(failure);
                                        }
                                    });

            source.create();
            end.join();

            assertThat(source.slots()).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aWatchThatBreaksSaysSoWhenItIsClosed(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version)) {
            source.database().execute("CREATE TABLE t (id int)");
            CountDownLatch told = new CountDownLatch(1);
            SlotWatch watch =
                    new SlotWatch(
                            SLOT.name(),
                            source.session(),
                            Budget.of(Duration.ofHours(1)),
                            event -> {
                                told.countDown();
                                throw new IllegalStateException("nobody listens");
                            },
                            NEVER);
            watch.start();
            source.database()
                    .execute("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'late'");
            told.await();
            assertThatThrownBy(watch::close).hasMessage("nobody listens");
            source.database().execute("ROLLBACK PREPARED 'late'");
        }
    }

    private static boolean isWaiting(Source source) throws Exception {
        return source.database()
                        .number(
                                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                                        + " AND locktype = 'transactionid'")
                > 0;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aStopEndsTheWaitAndLeavesNothing(PostgresVersion version) throws Exception {
        StopSignal stop = new StopSignal();
        try (Source source = Source.on(version);
                Connection busy = source.database().connect();
                Statement statement = busy.createStatement()) {
            statement.execute("BEGIN; CREATE TABLE t (id int)");

            assertThatThrownBy(
                            () -> source.create(Duration.ofHours(1), event -> stop.request(), stop))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
            source.assertNothingIsLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aConnectionThatBreaksMeanwhileLeavesNothing(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version);
                Connection busy = source.database().connect();
                Statement statement = busy.createStatement()) {
            statement.execute("BEGIN; CREATE TABLE t (id int)");

            assertThatThrownBy(
                            () ->
                                    source.create(
                                            Duration.ofHours(1),
                                            event -> terminateSender(source.database()),
                                            NEVER))
                    .isInstanceOf(ConfitureException.class);
            source.assertNothingIsLeft();
        }
    }

    private static void terminateSender(TestDatabase database) {
        Waiting.until(
                () ->
                        database.number(
                                        "SELECT count(pg_terminate_backend(active_pid))"
                                                + " FROM pg_replication_slots"
                                                + " WHERE active_pid IS NOT NULL")
                                > 0);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSlotThatADeadRunHasLeftIsReplaced(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version)) {
            CreatedSlot first = source.create();
            source.database().execute("CREATE TABLE t (id int)");

            CreatedSlot second = source.create();

            assertThat(first.consistentPoint().isBefore(second.consistentPoint())).isTrue();
            assertThat(source.slots()).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSenderOfOursThatNobodyListensToIsSentAway(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version)) {
            source.create();
            source.database().execute("CREATE PUBLICATION p");
            try (ReplicationConnection dead =
                    TwoDatabases.asSource(source.database()).openReplication("capture")) {
                var _ = dead.start(SLOT.name(), "p", Lsn.NONE, Duration.ofSeconds(1));
                Waiting.until(() -> health(source).activePid() != 0);

                SLOT.release(source.session(), NEVER);

                assertThat(health(source).activePid()).isZero();
            }
            try (ReplicationConnection dead =
                    TwoDatabases.asSource(source.database()).openReplication("capture")) {
                var _ = dead.start(SLOT.name(), "p", Lsn.NONE, Duration.ofSeconds(1));
                Waiting.until(() -> health(source).activePid() != 0);

                assertThat(SLOT.drop(source.session(), NEVER)).isTrue();
            }
            source.assertNothingIsLeft();
        }
    }

    private static SlotHealth health(Source source) {
        return SlotHealth.of(source.session(), SLOT.name()).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSenderOfSomebodyElseIsLeftAlone(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version)) {
            source.create();
            source.database().execute("CREATE PUBLICATION p");
            Properties properties = new Properties();
            properties.setProperty("replication", "database");
            properties.setProperty("assumeMinServerVersion", "14");
            properties.setProperty("preferQueryMode", "simple");
            properties.setProperty("ApplicationName", "their tool");
            try (Connection other = source.database().connect(properties)) {
                var _ =
                        other.unwrap(PGConnection.class)
                                .getReplicationAPI()
                                .replicationStream()
                                .logical()
                                .withSlotName(SLOT.name())
                                .withSlotOption("proto_version", 1)
                                .withSlotOption("publication_names", "p")
                                .start();
                Waiting.until(() -> "their tool".equals(health(source).application()));

                assertThatThrownBy(() -> SLOT.drop(source.session(), NEVER))
                        .isInstanceOf(ConfitureException.class)
                        .hasMessageContaining("is used by process")
                        .hasMessageContaining("their tool");
                assertThat(health(source).activePid()).isNotZero();
            }
            // A sender outlives its connection for a moment, and nobody but its owner may end it.
            Waiting.until(() -> health(source).activePid() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSlotThatIsAheadOfTheLedgerOrMissingIsAHardStop(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version)) {
            CreatedSlot slot = source.create();
            Lsn applied = slot.consistentPoint();
            assertThat(SLOT.mustMatch(source.session(), applied).confirmed()).isEqualTo(applied);
            Lsn later = new Lsn(applied.bytes() + 1_000_000);
            assertThat(SLOT.mustMatch(source.session(), later).confirmed()).isEqualTo(applied);

            source.database().execute("CREATE TABLE t (id int)");
            source.database()
                    .execute(
                            "SELECT pg_replication_slot_advance('"
                                    + SLOT.name()
                                    + "', pg_current_wal_lsn())");
            assertStops(source, applied, "but the target has the changes up to " + applied);

            SLOT.drop(source.session(), NEVER);
            assertStops(source, applied, "is gone from the source");

            source.database()
                    .execute("SELECT pg_create_physical_replication_slot('" + SLOT.name() + "')");
            assertStops(source, applied, "is not the one that we made");
        }
    }

    private static void assertStops(Source source, Lsn applied, String message) {
        assertThatThrownBy(() -> SLOT.mustMatch(source.session(), applied))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.SLOT_LOST);
                            assertThat(failure.hint()).contains("confiture s2s migrate --resync");
                        });
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSlotThatTheServerHasGivenUpIsNamedAsSuch(PostgresVersion version) throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(version)
                                .setting("max_slot_wal_keep_size", "32MB")
                                // No checkpoint but the test's own may give the slot up.
                                .setting("max_wal_size", "1GB")
                                .setting("checkpoint_timeout", "1h")
                                .start();
                Source source = Source.on(server)) {
            Lsn applied = source.create().consistentPoint();
            SlotHealth before = health(source);
            assertThat(before.isInDanger()).isFalse();
            assertThat(before.safeBytes()).isPresent();
            source.database().execute("CREATE TABLE t (id int)");
            for (int segment = 0; segment < 3; segment++) {
                source.database().execute("INSERT INTO t VALUES (1)");
                source.database().execute("SELECT pg_switch_wal()");
            }
            SlotHealth after = health(source);
            assertThat(after.retainedBytes()).isGreaterThan(before.retainedBytes() + 32_000_000);
            assertThat(after.isInDanger()).isTrue();
            for (int segment = 0; segment < 4; segment++) {
                source.database().execute("INSERT INTO t VALUES (1)");
                source.database().execute("SELECT pg_switch_wal()");
            }
            source.database().execute("CHECKPOINT");

            assertStops(source, applied, "has given up the replication slot");
            assertStops(source, applied, "max_slot_wal_keep_size");
            assertThat(health(source).isLost()).isTrue();
            assertThat(SLOT.drop(source.session(), NEVER)).isTrue();
        }
    }

    @Test
    void twoMigrationsNeverShareAName() {
        String name = ReplicationSlot.nameFor(new ServerIdentity("7234", "16384"));

        assertThat(name).matches("[a-z0-9_]{1,40}");
        assertThat(name).isEqualTo(ReplicationSlot.nameFor(new ServerIdentity("7234", "16384")));
        assertThat(name).isNotEqualTo(ReplicationSlot.nameFor(new ServerIdentity("7234", "16385")));
        assertThat(name).isNotEqualTo(ReplicationSlot.nameFor(new ServerIdentity("72341", "6384")));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aServerThatTookOverIsNoticed(PostgresVersion version) throws Exception {
        try (Source source = Source.on(version)) {
            assertThat(SourceTimeline.of(source.session())).isEqualTo("00000001");
            SourceTimeline.mustBe(source.session(), "00000001");
            assertThatThrownBy(() -> SourceTimeline.mustBe(source.session(), "00000002"))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CHANGED));
        }
    }
}
