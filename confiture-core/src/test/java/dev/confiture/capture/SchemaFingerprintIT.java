package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaFingerprintIT {
    private static final TableName ORDERS = TwoDatabases.name("orders");
    private static final TableName EVENTS = TwoDatabases.name("events");
    private static final TableName VISITS = TwoDatabases.name("visits");

    private static final String TABLES =
            """
            CREATE TYPE mood AS ENUM ('sad', 'ok');
            CREATE TYPE pair AS (a int, b text);
            CREATE TABLE orders (id int PRIMARY KEY, price int DEFAULT 7, "odd ""\t\n name" text,
                feeling mood, feelings mood[], two pair,
                twice int GENERATED ALWAYS AS (id * 2) STORED);
            INSERT INTO orders VALUES (1), (2);
            CREATE TABLE events (id int, day int, note text DEFAULT 'x', PRIMARY KEY (id, day))
                PARTITION BY LIST (day);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
            CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2)
                PARTITION BY LIST (id);
            CREATE TABLE events_2_1 PARTITION OF events_2 FOR VALUES IN (1);
            INSERT INTO events VALUES (1, 1), (1, 2);
            CREATE TABLE visits (day int) PARTITION BY LIST (day);
            """;

    static Stream<PostgresVersion> versions() {
        return TwoDatabases.versions();
    }

    /** A database and what it looked like at first. */
    private static final class Watched implements AutoCloseable {
        private final TestDatabase database;
        private final Session session;
        private SchemaFingerprint before;

        Watched(PostgresVersion version) throws SQLException {
            database = PostgresServer.shared(version).createDatabase();
            database.execute(TABLES);
            session = TwoDatabases.asSource(database).open("test");
            before = read();
        }

        private SchemaFingerprint read() {
            return SchemaFingerprint.read(session, List.of(ORDERS, EVENTS, VISITS));
        }

        SchemaChanges after(String... statements) throws SQLException {
            for (String statement : statements) {
                database.execute(statement);
            }
            return session.inSnapshot(() -> SchemaChanges.between(before, read(), session));
        }

        void accept() {
            before = read();
        }

        @Override
        public void close() throws SQLException {
            session.close();
            database.close();
        }
    }

    private static void assertDifferent(
            PostgresVersion version, String statement, String... differences) throws SQLException {
        try (Watched watched = new Watched(version)) {
            SchemaChanges changes = watched.after(statement);

            assertThat(changes.differences()).as(statement).containsExactly(differences);
            assertThatThrownBy(changes::refuse)
                    .hasMessageContaining(differences[0])
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CHANGED));
        }
    }

    private static void assertHarmless(Watched watched, String... statements) throws SQLException {
        SchemaChanges changes = watched.after(statements);
        assertThat(changes.differences()).as(statements[0]).isEmpty();
        assertThat(changes.renewed()).as(statements[0]).isEmpty();
        assertThatCode(changes::refuse).doesNotThrowAnyException();
        watched.accept();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyChangeOfATablesDefinitionIsSaidInWords(PostgresVersion version) throws Exception {
        Map<String, String> differences = new TreeMap<>();
        differences.put(
                "ALTER TABLE orders ALTER price TYPE bigint",
                "column price of orders: type integer → bigint");
        differences.put(
                "ALTER TABLE orders ADD COLUMN note varchar(7) DEFAULT 'x'",
                "column note of orders was added (character varying(7))");
        differences.put("ALTER TABLE orders DROP price", "column price of orders is gone");
        differences.put(
                "ALTER TABLE orders RENAME price TO cost",
                "column price of orders: name price → cost");
        differences.put(
                "ALTER TABLE orders ALTER price SET NOT NULL",
                "column price of orders: null null → not null");
        differences.put(
                "ALTER TABLE orders ALTER price SET DEFAULT 8",
                "column price of orders: default 7 → 8");
        differences.put(
                "ALTER TABLE orders ALTER twice DROP EXPRESSION",
                "column twice of orders: computed stored → no, default (id * 2) → none");
        differences.put(
                "ALTER TABLE orders ALTER id ADD GENERATED ALWAYS AS IDENTITY",
                "column id of orders: identity no → always");
        differences.put(
                "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
                "column feeling of orders: form of the type sad, ok → blue, ok");
        differences.put(
                "ALTER TYPE pair ADD ATTRIBUTE c int",
                "column two of orders: form of the type a integer, b text → a integer, b text, c"
                        + " integer");
        differences.put(
                "ALTER TABLE orders REPLICA IDENTITY FULL",
                "orders: replica identity default \"id\" → full");
        differences.put(
                "ALTER TABLE orders DROP CONSTRAINT orders_pkey",
                "orders: replica identity default \"id\" → default");
        differences.put(
                "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                "orders: row-level security off → on");
        differences.put("ALTER TABLE orders SET UNLOGGED", "orders: persistence p → u");
        differences.put("ALTER TABLE orders RENAME TO old_orders", "orders is gone");
        differences.put(
                "DROP TABLE orders; CREATE TABLE orders (id int PRIMARY KEY)",
                "orders was dropped and created again");
        for (Map.Entry<String, String> difference : differences.entrySet()) {
            if (difference.getKey().contains("mood")) {
                assertDifferent(
                        version,
                        difference.getKey(),
                        difference.getValue(),
                        difference.getValue().replace("feeling ", "feelings "));
            } else {
                assertDifferent(version, difference.getKey(), difference.getValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aTableThatAlterTableWroteAnewWithTheSameDefinitionIsNoticed(PostgresVersion version)
            throws Exception {
        assertDifferent(
                version,
                "ALTER TABLE orders ALTER price TYPE int USING price * 10",
                "orders was rewritten by ALTER TABLE, and its values may be other ones");
        assertDifferent(
                version,
                "ALTER TABLE events ALTER note TYPE text USING note || '!'",
                "events was rewritten by ALTER TABLE, and its values may be other ones");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatLeavesTheValuesAloneIsNoAlarm(PostgresVersion version) throws Exception {
        try (Watched watched = new Watched(version)) {
            assertHarmless(watched, "INSERT INTO orders VALUES (3); ANALYZE");
            assertHarmless(watched, "VACUUM FULL orders");
            assertHarmless(watched, "CLUSTER orders USING orders_pkey");
            assertHarmless(watched, "TRUNCATE orders");
            assertHarmless(watched, "GRANT SELECT (price) ON orders TO pg_monitor");
            assertHarmless(watched, "ALTER TABLE orders ALTER price SET STATISTICS 500");
            assertHarmless(
                    watched,
                    "CREATE INDEX ON orders (price); CREATE TABLE other (id int REFERENCES orders)",
                    "ALTER TABLE orders ADD CHECK (price > 0) NOT VALID");
            // Each is harmless apart: what was accepted takes the place of the first.
            assertHarmless(watched, "VACUUM FULL orders");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aNewPartitionIsNoAlarmUnlessItBringsRowsAlong(PostgresVersion version) throws Exception {
        try (Watched watched = new Watched(version)) {
            assertHarmless(
                    watched,
                    "CREATE TABLE events_3 PARTITION OF events FOR VALUES IN (3)",
                    "INSERT INTO events VALUES (1, 3)");
            assertHarmless(
                    watched,
                    "CREATE TABLE events_4 PARTITION OF events FOR VALUES IN (4)"
                            + " PARTITION BY LIST (id)",
                    "CREATE TABLE events_4_1 PARTITION OF events_4 FOR VALUES IN (1)",
                    "INSERT INTO events VALUES (1, 4)");
            assertHarmless(
                    watched,
                    "CREATE TABLE events_5 (LIKE events INCLUDING ALL)",
                    "ALTER TABLE events ATTACH PARTITION events_5 FOR VALUES IN (5)");
            assertRenewed(
                    watched,
                    "partition public.events_6 was attached and has rows",
                    "CREATE TABLE events_6 (LIKE events INCLUDING ALL);"
                            + " INSERT INTO events_6 VALUES (1, 6);"
                            + " ALTER TABLE events ATTACH PARTITION events_6 FOR VALUES IN (6)");
            assertRenewed(
                    watched,
                    "partition public.events_7_1 was attached and has rows",
                    "CREATE TABLE events_7 (LIKE events INCLUDING ALL) PARTITION BY LIST (id);"
                            + " CREATE TABLE events_7_1 PARTITION OF events_7 FOR VALUES IN (1);"
                            + " INSERT INTO events_7 VALUES (1, 7);"
                            + " ALTER TABLE events ATTACH PARTITION events_7 FOR VALUES IN (7)");
        }
    }

    private static void assertRenewed(Watched watched, String reason, String... statements)
            throws SQLException {
        SchemaChanges changes = watched.after(statements);
        assertThat(changes.differences()).as(statements[0]).isEmpty();
        assertThat(changes.renewed()).containsExactly(Map.entry(EVENTS, reason));
        watched.accept();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void rowsThatLeaveWithAPartitionRenewTheTableSinceTheStreamSaysNothing(PostgresVersion version)
            throws Exception {
        try (Watched watched = new Watched(version)) {
            assertRenewed(
                    watched,
                    "partition public.events_1 was truncated or written anew",
                    "TRUNCATE events_1");
            assertRenewed(
                    watched,
                    "partition public.events_2_1 was truncated or written anew",
                    "TRUNCATE events_2");
            assertRenewed(
                    watched,
                    "partition public.events_1 was detached or dropped",
                    "ALTER TABLE events DETACH PARTITION events_1");
            assertRenewed(
                    watched,
                    "partition public.events_2_1 was detached or dropped",
                    "DROP TABLE events_2_1");
        }
    }

    /** While it is away it is in no publication, and afterwards it has its number and its file. */
    @ParameterizedTest
    @MethodSource("versions")
    void aPartitionThatWasAwayForAWhileRenewsTheTable(PostgresVersion version) throws Exception {
        try (Watched watched = new Watched(version)) {
            assertRenewed(
                    watched,
                    "partition public.events_1 was detached for a while, and then nothing of it is"
                            + " sent",
                    "BEGIN; ALTER TABLE events DETACH PARTITION events_1;"
                            + " UPDATE events_1 SET note = 'y';"
                            + " ALTER TABLE events ATTACH PARTITION events_1 FOR VALUES IN (1);"
                            + " COMMIT");
            assertRenewed(
                    watched,
                    "partition public.events_2 was detached for a while, and then nothing of it is"
                            + " sent",
                    "ALTER TABLE events DETACH PARTITION events_2",
                    "UPDATE events_2 SET note = 'y'",
                    "ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES IN (2)");
            assertHarmless(watched, "VACUUM (FREEZE, ANALYZE) events");
            assertHarmless(watched, "VACUUM FULL pg_inherits");
            assertHarmless(watched, "CREATE INDEX ON events (note)");
            assertHarmless(watched, "CREATE TABLE events_3 PARTITION OF events FOR VALUES IN (3)");
        }
    }

    /** What is written to an unlogged table is not sent, nor what SET LOGGED makes of it. */
    @ParameterizedTest
    @MethodSource("versions")
    void aPartitionThatWasUnloggedForAWhileRenewsTheTable(PostgresVersion version)
            throws Exception {
        try (Watched watched = new Watched(version)) {
            assertRenewed(
                    watched,
                    "partition public.events_3 was written anew and has rows",
                    "CREATE UNLOGGED TABLE events_3 PARTITION OF events FOR VALUES IN (3)",
                    "INSERT INTO events VALUES (1, 3)",
                    "ALTER TABLE events_3 SET LOGGED");
            assertRenewed(
                    watched,
                    "partition public.events_1 was truncated or written anew",
                    "ALTER TABLE events_1 SET UNLOGGED",
                    "UPDATE events_1 SET note = 'y'",
                    "ALTER TABLE events_1 SET LOGGED");
            assertHarmless(
                    watched,
                    "CREATE UNLOGGED TABLE events_4 PARTITION OF events FOR VALUES IN (4)",
                    "ALTER TABLE events_4 SET LOGGED");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aPartitionOfWhichNothingIsSentIsAnAlarm(PostgresVersion version) throws Exception {
        assertDifferent(
                version,
                "CREATE UNLOGGED TABLE events_3 PARTITION OF events FOR VALUES IN (3)",
                "partition public.events_3 of events is unlogged, so its changes are not sent");
        assertDifferent(
                version,
                "ALTER TABLE events_1 SET UNLOGGED",
                "partition public.events_1 of events is unlogged, so its changes are not sent");
        assertDifferent(
                version,
                "CREATE EXTENSION postgres_fdw;"
                        + " CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;"
                        + " CREATE FOREIGN TABLE visits_1 PARTITION OF visits FOR VALUES IN (1)"
                        + " SERVER far",
                "partition public.visits_1 of visits is a foreign table, so its changes are not"
                        + " sent");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aPartitionWithAReplicaIdentityOfItsOwnIsAnAlarm(PostgresVersion version) throws Exception {
        assertDifferent(
                version,
                "ALTER TABLE events_1 REPLICA IDENTITY FULL",
                "partition public.events_1 of events: replica identity default \"day\" \"id\" →"
                        + " full");
        assertDifferent(
                version,
                "CREATE TABLE events_3 PARTITION OF events FOR VALUES IN (3);"
                        + " ALTER TABLE events_3 REPLICA IDENTITY NOTHING",
                "partition public.events_3 of events has another replica identity (nothing) than"
                        + " those before it");
    }

    /** A hop compares what its snapshot sees, not what came after it. */
    @ParameterizedTest
    @MethodSource("versions")
    void aChangeBehindTheSnapshotBelongsToTheNextHop(PostgresVersion version) throws Exception {
        try (Watched watched = new Watched(version)) {
            SchemaFingerprint seen =
                    watched.session.inSnapshot(
                            () -> {
                                watched.session.queryOne("SELECT 1", row -> row.number(1));
                                execute(
                                        watched.database,
                                        "CREATE TABLE events_3 PARTITION OF events"
                                                + " FOR VALUES IN (3);"
                                                + " ALTER TABLE orders ADD COLUMN note text");
                                return watched.read();
                            });
            assertThat(seen).isEqualTo(watched.before);
        }
    }

    private static void execute(TestDatabase database, String sql) {
        try {
            database.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
