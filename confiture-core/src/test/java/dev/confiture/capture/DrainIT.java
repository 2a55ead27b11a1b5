package dev.confiture.capture;

import static dev.confiture.capture.CapturedSource.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.change.CapturedTable;
import dev.confiture.change.Due;
import dev.confiture.change.Lsn;
import dev.confiture.change.TransactionSnapshot;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrainIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";
    private static final CapturedTable T = table("t", "id");
    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, name text);";

    /** A text of so many characters that does not get shorter by compression. */
    private static String large(int length) {
        return "(SELECT left(string_agg(md5(n::text), ''), "
                + length
                + ") FROM generate_series(1, "
                + (length / 32 + 1)
                + ") n)";
    }

    private static Set<String> keys(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(id -> "{" + id + "}")
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void everyChangedRowIsNamedOnceByItsOldAndItsNewKey(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T)) {
            source.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
            assertThat(source.nextKeys(T)).isEqualTo(keys(1, 3));
            source.execute("UPDATE t SET name = 'x' WHERE id = 1");
            source.execute("UPDATE t SET id = 20 WHERE id = 2");
            source.execute("DELETE FROM t WHERE id = 3");
            Due due = source.next();
            assertThat(source.keysOf(due, T))
                    .containsExactlyInAnyOrder("{1}", "{2}", "{20}", "{3}");
            assertThat(due.transactions()).isEqualTo(3);
            Due nothing = source.next();
            assertThat(nothing.keys().isEmpty()).isTrue();
            assertThat(nothing.transactions()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aKeyMayBeAnyReplicaIdentity(PostgresVersion version) throws Exception {
        CapturedTable full = table("we\"ird.Fu ll", "b", "a\n");
        CapturedTable byIndex = table("by_index", "code");
        String script =
                """
                CREATE SCHEMA "we""ird";
                CREATE TABLE "we""ird"."Fu ll" (id int, "a\n" text, b date, c text);
                ALTER TABLE "we""ird"."Fu ll" REPLICA IDENTITY FULL;
                CREATE TABLE by_index (id int PRIMARY KEY, code text NOT NULL);
                CREATE UNIQUE INDEX by_code ON by_index (code);
                ALTER TABLE by_index REPLICA IDENTITY USING INDEX by_code;
                INSERT INTO by_index VALUES (1, 'one'), (2, 'two');
                """;
        try (CapturedSource source = CapturedSource.on(version, script).capture(full, byIndex)) {
            source.execute("INSERT INTO \"we\"\"ird\".\"Fu ll\" VALUES (1, NULL, '2026-01-02')");
            source.execute("UPDATE \"we\"\"ird\".\"Fu ll\" SET \"a\n\" = 'NULL'");
            source.execute("UPDATE \"we\"\"ird\".\"Fu ll\" SET b = NULL, \"a\n\" = ''");
            source.execute("UPDATE by_index SET code = 'zwei', id = 3 WHERE id = 2");
            source.execute("UPDATE by_index SET id = 9 WHERE code = 'one'");
            Due due = source.next();
            assertThat(source.keysOf(due, full))
                    .containsExactlyInAnyOrder(
                            "{2026-01-02,NULL}", "{2026-01-02,\"NULL\"}", "{NULL,\"\"}");
            assertThat(source.keysOf(due, byIndex))
                    .containsExactlyInAnyOrder("{two}", "{zwei}", "{one}");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void largeValuesThatWereNotChangedDoNoHarm(PostgresVersion version) throws Exception {
        CapturedTable keyed = table("keyed", "k");
        CapturedTable full = table("whole", "k");
        String script =
                """
                CREATE TABLE keyed (k text PRIMARY KEY, name text, body text);
                CREATE TABLE whole (k text, name text, body text);
                ALTER TABLE whole REPLICA IDENTITY FULL;
                INSERT INTO keyed SELECT k, 'a', repeat(k, 9) FROM %1$s AS large (k);
                INSERT INTO whole SELECT k, 'a', repeat(k, 9) FROM %1$s AS large (k);
                """
                        .formatted(large(2600));
        try (CapturedSource source = CapturedSource.on(version, script).capture(keyed, full)) {
            String key = "{" + source.database().value("SELECT k FROM keyed") + "}";
            assertThat(key).hasSize(2602);
            assertThat(source.database().number("SELECT pg_column_size(k) FROM keyed"))
                    .as("stored outside of the row, uncompressed")
                    .isGreaterThanOrEqualTo(2600);
            source.execute("UPDATE keyed SET name = 'b'");
            source.execute("UPDATE whole SET name = 'b'");
            Due due = source.next();
            assertThat(source.keysOf(due, keyed)).containsExactly(key);
            assertThat(source.keysOf(due, full)).containsExactly(key);
            source.execute("UPDATE keyed SET k = 'small'");
            source.execute("UPDATE whole SET k = 'small'");
            due = source.next();
            assertThat(source.keysOf(due, keyed)).containsExactlyInAnyOrder(key, "{small}");
            assertThat(source.keysOf(due, full)).containsExactlyInAnyOrder(key, "{small}");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatWasRolledBackIsNotNamed(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T)) {
            source.execute(
                    """
                    BEGIN;
                    INSERT INTO t VALUES (1);
                    SAVEPOINT a;
                    INSERT INTO t VALUES (2);
                    SAVEPOINT b;
                    INSERT INTO t VALUES (3);
                    RELEASE SAVEPOINT b;
                    ROLLBACK TO SAVEPOINT a;
                    INSERT INTO t VALUES (4);
                    SAVEPOINT c;
                    INSERT INTO t VALUES (5);
                    RELEASE SAVEPOINT c;
                    COMMIT;
                    BEGIN; INSERT INTO t VALUES (6); ROLLBACK;
                    """);
            assertThat(source.nextKeys(T)).containsExactlyInAnyOrder("{1}", "{4}", "{5}");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aTruncateChangesWholeTables(PostgresVersion version) throws Exception {
        CapturedTable other = table("other", "id");
        CapturedTable third = table("third", "id");
        String script =
                TABLE
                        + "CREATE TABLE other (id int PRIMARY KEY REFERENCES t);"
                        + "CREATE TABLE third (id int PRIMARY KEY);";
        try (CapturedSource source = CapturedSource.on(version, script).capture(T, other, third)) {
            source.execute("INSERT INTO t VALUES (1); TRUNCATE t CASCADE");
            Due due = source.next();
            assertThat(due.keys().wholeTables())
                    .containsExactlyInAnyOrder(T.table(), other.table());
            assertThat(source.keysOf(due, T)).containsExactly("{1}");
            assertThat(source.next().keys().wholeTables()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void changesOfPartitionsAreThoseOfTheirRoot(PostgresVersion version) throws Exception {
        CapturedTable root = table("root", "id", "region");
        String script =
                """
                CREATE TABLE root (id int, region text, note text, PRIMARY KEY (id, region))
                    PARTITION BY LIST (region);
                CREATE TABLE leaf_eu (note text, region text NOT NULL, id int NOT NULL);
                ALTER TABLE root ATTACH PARTITION leaf_eu FOR VALUES IN ('eu');
                CREATE TABLE middle PARTITION OF root DEFAULT PARTITION BY RANGE (id);
                CREATE TABLE leaf_low PARTITION OF middle FOR VALUES FROM (0) TO (100);
                CREATE TABLE leaf_high PARTITION OF middle FOR VALUES FROM (100) TO (200);
                """;
        try (CapturedSource source = CapturedSource.on(version, script).capture(root)) {
            source.execute("INSERT INTO root VALUES (1, 'eu'), (2, 'us'), (150, 'us')");
            source.execute("INSERT INTO leaf_eu VALUES ('directly', 'eu', 7)");
            assertThat(source.nextKeys(root))
                    .containsExactlyInAnyOrder("{1,eu}", "{2,us}", "{150,us}", "{7,eu}");
            source.execute("UPDATE root SET region = 'us' WHERE id = 1");
            source.execute("UPDATE root SET note = 'x' WHERE id = 150");
            source.execute("DELETE FROM leaf_low WHERE id = 2");
            assertThat(source.nextKeys(root))
                    .containsExactlyInAnyOrder("{1,eu}", "{1,us}", "{150,us}", "{2,us}");
            source.execute("TRUNCATE root");
            assertThat(source.next().keys().wholeTables()).containsExactly(root.table());
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aTransactionThatTheSnapshotDoesNotSeeWaitsForTheNext(PostgresVersion version)
            throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T);
                Connection first = source.database().connect();
                Connection second = source.database().connect()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            execute(first, "INSERT INTO t VALUES (1)");
            execute(second, "INSERT INTO t VALUES (2)");
            second.commit();
            TransactionSnapshot between = source.snapshot();
            first.commit();

            Due due = source.upTo(between);
            assertThat(source.keysOf(due, T)).containsExactly("{2}");
            source.drain().confirm(due.position());

            source.restart();
            Due again = source.next();
            assertThat(source.keysOf(again, T))
                    .as("the source sends again what was not handed out")
                    .containsExactly("{1}");
            assertThat(due.position()).isLessThan(again.position());
            source.drain().confirm(again.position());
            source.restart();
            assertThat(source.next().transactions()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aPreparedTransactionCountsWhenItIsCommitted(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T)) {
            String name = "'" + source.database().name() + "'";
            source.execute("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION " + name);
            source.execute("INSERT INTO t VALUES (2)");
            assertThat(source.nextKeys(T)).containsExactly("{2}");
            TransactionSnapshot before = source.snapshot();
            source.execute("COMMIT PREPARED " + name);
            assertThat(source.keysOf(source.upTo(before), T)).isEmpty();
            assertThat(source.nextKeys(T)).containsExactly("{1}");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void theLogOfAnIdleSourceIsFreed(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T);
                TestDatabase busy = source.database().server().createDatabase()) {
            busy.execute("CREATE TABLE noise AS SELECT n FROM generate_series(1, 10000) n");
            Lsn before = Lsn.parse(busy.value("SELECT pg_current_wal_lsn()"));
            busy.execute("INSERT INTO noise SELECT n FROM generate_series(1, 10000) n");
            Due due = source.next();
            assertThat(due.transactions()).isZero();
            assertThat(before).isLessThan(due.position());
            source.drain().confirm(due.position());
            Waiting.until(
                    () ->
                            Lsn.parse(source.slotValue("confirmed_flush_lsn"))
                                    .equals(due.position()));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void messagesOfOthersAreNoMarkers(PostgresVersion version) throws Exception {
        try (CapturedSource source = CapturedSource.on(version, TABLE).capture(T)) {
            source.execute(
                    """
                    SELECT pg_logical_emit_message(true, 'other', 'x');
                    SELECT pg_logical_emit_message(false, 'other', '\\xff00'::bytea);
                    SELECT pg_logical_emit_message(false, 'confiture', 'x');
                    SELECT pg_logical_emit_message(true, 'confiture', 'of another run');
                    """);
            Due due = source.next();
            assertThat(due.transactions()).isZero();
            source.execute("INSERT INTO t VALUES (1)");
            assertThat(source.nextKeys(T)).containsExactly("{1}");
        }
    }

    /** The server writes by itself only after its delay, far beyond the time that this may take. */
    @ParameterizedTest
    @MethodSource(VERSIONS)
    @Timeout(60)
    void anApplicationThatCommitsAsynchronouslyIsNotWaitedFor(PostgresVersion version)
            throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(version)
                                .setting("synchronous_commit", "off")
                                .setting("wal_writer_delay", "10s")
                                .setting("wal_writer_flush_after", "1GB")
                                .start();
                CapturedSource source = CapturedSource.on(server, TABLE).capture(T)) {
            for (int id = 1; id <= 20; id++) {
                source.execute("INSERT INTO t VALUES (" + id + ")");
                assertThat(source.nextKeys(T)).isEqualTo(keys(id, id));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void noSettingOfTheRoleReachesTheKeys(PostgresVersion version) throws Exception {
        CapturedTable odd = table("odd", "d", "ts", "i", "f", "b", "m", "r", "x");
        String script =
                """
                DROP ROLE IF EXISTS hostile_reader;
                CREATE ROLE hostile_reader SUPERUSER LOGIN;
                ALTER ROLE hostile_reader SET datestyle = 'SQL, DMY';
                ALTER ROLE hostile_reader SET timezone = 'Asia/Kathmandu';
                ALTER ROLE hostile_reader SET intervalstyle = 'sql_standard';
                ALTER ROLE hostile_reader SET extra_float_digits = -10;
                ALTER ROLE hostile_reader SET bytea_output = 'escape';
                ALTER ROLE hostile_reader SET search_path = 'public';
                ALTER ROLE hostile_reader SET statement_timeout = '1s';
                ALTER ROLE hostile_reader SET lock_timeout = '1ms';
                ALTER ROLE hostile_reader SET client_encoding = 'latin1';
                ALTER ROLE hostile_reader SET default_transaction_read_only = on;
                CREATE TABLE odd (d date, ts timestamptz, i interval, f float8, b bytea,
                    m text, r regclass, x text);
                ALTER TABLE odd REPLICA IDENTITY FULL;
                """;
        try (CapturedSource source =
                CapturedSource.on(version, script).user("hostile_reader").capture(odd)) {
            source.execute(
                    """
                    INSERT INTO odd VALUES ('2026-02-03', '2026-02-03 04:05:06+00',
                        '1 day -2:00', 0.1::float8 + 0.2::float8, '\\x00ff', 'é日', 'odd', NULL)
                    """);
            assertThat(source.nextKeys(odd))
                    .containsExactly(
                            "{2026-02-03,\"2026-02-03 04:05:06+00\",\"1 day -02:00:00\","
                                    + "0.30000000000000004,\"\\\\x00ff\",é日,"
                                    + "public.odd,NULL}");
        } finally {
            PostgresServer.shared(version).database("postgres").execute("DROP ROLE hostile_reader");
        }
    }

    private static void execute(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
