package dev.confiture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.TwoDatabases;
import dev.confiture.change.Lsn;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplicationConnectionIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void theSnapshotOfANewSlotCanBeImported(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                ReplicationConnection connection = both.source().openReplication("slot");
                Session reader = both.source().open("reader")) {
            both.onSource("CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
            CreatedSlot created = connection.createSlot(slot(both), Duration.ofSeconds(5));
            both.onSource("INSERT INTO t VALUES (2)");
            long seen =
                    reader.inSnapshot(
                            () -> {
                                reader.execute(
                                        "SET TRANSACTION SNAPSHOT '" + created.snapshot() + "'");
                                return reader.<Long>queryOne(
                                        "SELECT count(*) FROM public.t", row -> row.number(1));
                            });
            assertThat(seen).isOne();
            assertThat(created.consistentPoint())
                    .isEqualTo(Lsn.parse(confirmed(both)))
                    .isNotEqualTo(Lsn.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aSlotThatWaitsTooLongForOthersIsNotMade(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                ReplicationConnection connection = both.source().openReplication("slot");
                Connection writer = both.rawSource().connect()) {
            both.onSource("CREATE TABLE t (id int)");
            writer.setAutoCommit(false);
            writer.createStatement().execute("INSERT INTO t VALUES (1)");
            assertThatThrownBy(() -> connection.createSlot(slot(both), Duration.ofMillis(200)))
                    .isInstanceOfSatisfying(
                            SqlFailure.class,
                            failure ->
                                    assertThat(failure.is(SqlState.LOCK_NOT_AVAILABLE)).isTrue());
            assertThat(
                            both.rawSource()
                                    .number(
                                            "SELECT count(*) FROM pg_replication_slots"
                                                    + " WHERE database = current_database()"))
                    .isZero();
            writer.rollback();
            CreatedSlot second = connection.createSlot(slot(both), Duration.ofSeconds(10));
            assertThat(second.consistentPoint()).isEqualTo(Lsn.parse(confirmed(both)));
        }
    }

    /** A limit of it would end a stream that is not read because memory is full. */
    @ParameterizedTest
    @MethodSource(VERSIONS)
    void theServerWaitsForWhoeverIsAliveButDoesNotRead(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                ReplicationConnection connection = both.source().openReplication("slot");
                Session copying = both.source().openForStreams("copy");
                Session ordinary = both.source().open("ordinary")) {
            String limit = "SELECT current_setting('tcp_user_timeout')";
            assertThat(connection.setting("tcp_user_timeout")).isEqualTo("0");
            assertThat(copying.<String>queryOne(limit, row -> row.text(1))).isEqualTo("0");
            assertThat(ordinary.<String>queryOne(limit, row -> row.text(1))).isEqualTo("60000");
        }
    }

    private static String slot(TwoDatabases both) {
        return "slot_" + both.rawSource().name();
    }

    private static String confirmed(TwoDatabases both) throws Exception {
        return both.rawSource()
                .value(
                        "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '"
                                + slot(both)
                                + "'");
    }
}
