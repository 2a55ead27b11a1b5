package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.TwoDatabases;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.live.Application;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublicationIT {
    private static final Duration TIME = Duration.ofSeconds(10);

    /** One table for each way to say what the old state of a row is. */
    private static final String TABLES =
            """
            CREATE TABLE keyed (id int PRIMARY KEY, body text);
            CREATE TABLE pairs (a int, b int, body text, PRIMARY KEY (b, a));
            CREATE TABLE uniquely (id int NOT NULL, body text);
            CREATE UNIQUE INDEX "the, \"\"index\"\"" ON uniquely (id);
            ALTER TABLE uniquely REPLICA IDENTITY USING INDEX "the, \"\"index\"\"";
            CREATE TABLE whole (id int NOT NULL UNIQUE, body text);
            ALTER TABLE whole REPLICA IDENTITY FULL;
            CREATE TABLE whole_computed (id int PRIMARY KEY, body text,
                size int GENERATED ALWAYS AS (length(body)) STORED);
            ALTER TABLE whole_computed REPLICA IDENTITY FULL;
            CREATE TABLE computed (n int, body text,
                id int GENERATED ALWAYS AS (n + 1) STORED PRIMARY KEY);
            CREATE TABLE parted (id int, body text, region int, PRIMARY KEY (id, region))
                PARTITION BY LIST (region);
            CREATE TABLE parted_0 PARTITION OF parted FOR VALUES IN (0)
                PARTITION BY HASH (id);
            CREATE TABLE parted_0_0 PARTITION OF parted_0
                FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            CREATE TABLE parted_1 (region int NOT NULL, body text, id int NOT NULL);
            ALTER TABLE parted ATTACH PARTITION parted_1 FOR VALUES IN (1);
            CREATE TABLE mixed (id int PRIMARY KEY, body text) PARTITION BY HASH (id);
            CREATE TABLE mixed_0 PARTITION OF mixed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE mixed_1 PARTITION OF mixed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            ALTER TABLE mixed_1 REPLICA IDENTITY FULL;
            CREATE TABLE parent (id int PRIMARY KEY, body text);
            CREATE TABLE child () INHERITS (parent);
            CREATE SCHEMA "My ""Schema"", x";
            CREATE TABLE "My ""Schema"", x"."We""ird ❤ Tab%le$$
            " ("I""D, 1" int PRIMARY KEY, body text);
            """;

    private static final String ODD = "\"My \"\"Schema\"\", x\".\"We\"\"ird ❤ Tab%le$$\n\"";

    private static final List<CapturedTable> CAPTURED =
            List.of(
                    captured("keyed", "id"),
                    captured("pairs", "a", "b"),
                    captured("uniquely", "id"),
                    captured("whole", "id"),
                    captured("whole_computed", "id"),
                    captured("parted", "id"),
                    captured("mixed", "id"),
                    captured("parent", "id"),
                    new CapturedTable(
                            new TableName("My \"Schema\", x", "We\"ird ❤ Tab%le$$\n"),
                            List.of("I\"D, 1")));

    /** Each is one transaction of the application on one table. */
    private static final List<String> WRITES =
            List.of(
                    write("keyed", "id", "(1, 'x')"),
                    write("pairs", "a", "(1, 2, 'x')"),
                    write("uniquely", "id", "(1, 'x')"),
                    write("whole", "id", "(1, 'x')"),
                    write("whole_computed", "id", "(1, 'x')"),
                    write("computed", "n", "(1, 'x')"),
                    write("parted", "region", "(1, 'x', 0)"),
                    write("mixed", "id", "(1, 'x'), (2, 'x'), (3, 'x')"),
                    write("parent", "id", "(1, 'x')"),
                    write("child", "id", "(1, 'x')"),
                    write(ODD, "\"I\"\"D, 1\"", "(1, 'x')"));

    private static String write(String table, String key, String rows) {
        return """
               INSERT INTO %1$s VALUES %3$s;
               UPDATE %1$s SET body = 'y';
               UPDATE %1$s SET %2$s = 1 - %2$s WHERE %2$s = 1;
               DELETE FROM %1$s;
               """
                .formatted(table, key, rows);
    }

    static Stream<PostgresVersion> versions() {
        return TwoDatabases.versions();
    }

    private static CapturedTable captured(String table, String... columns) {
        return new CapturedTable(TwoDatabases.name(table), List.of(columns));
    }

    private static String create(Publication publication, Session session) {
        return publication.create(session, TIME, ProgressListener.SILENT, new StopSignal());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void noWriterFailsWhileItIsMadeAndDroppedWhateverTheReplicaIdentity(PostgresVersion version)
            throws Exception {
        Publication publication = new Publication("confiture_test", CAPTURED);
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES);
                Session session = databases.source().open("test");
                Application writers = Application.on(databases.rawSource(), WRITES)) {
            for (int round = 0; round < 8; round++) {
                create(publication, session);
                writers.awaitEachOneMore();
                publication.check(session);
                assertThat(publication.drop(session)).isTrue();
                writers.awaitEachOneMore();
            }
            assertThat(writers.failures()).isEmpty();
            assertThat(publication.drop(session)).isFalse();
        }
    }

    /** Not by luck: the same writes do fail if the table is published without care. */
    @ParameterizedTest
    @MethodSource("versions")
    void writersWouldFailIfATableWithoutIdentityWerePublished(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases =
                        TwoDatabases.on(version)
                                .onSource("CREATE TABLE bare (id int NOT NULL, body text)");
                Session session = databases.source().open("test")) {
            Publication publication =
                    new Publication("confiture_test", List.of(captured("bare", "id")));

            assertThatThrownBy(() -> create(publication, session))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure ->
                                    assertThat(failure.code())
                                            .isEqualTo(ErrorCode.SOURCE_UNSUPPORTED));
            assertThat(publication.exists(session)).isFalse();

            databases.onSource("CREATE PUBLICATION careless FOR TABLE bare");
            assertThatThrownBy(() -> databases.onSource(write("bare", "id", "(1, 'x')")))
                    .hasMessageContaining("does not have a replica identity");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void publishesTheColumnsOfTheIdentityAloneWhereTheServerCan(PostgresVersion version)
            throws Exception {
        Publication publication = new Publication("confiture_test", CAPTURED);
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES);
                Session session = databases.source().open("test")) {
            create(publication, session);

            assertThat(
                            databases
                                    .rawSource()
                                    .rows(
                                            """
                                            SELECT tablename FROM pg_publication_tables
                                            WHERE pubname = 'confiture_test'
                                            ORDER BY schemaname COLLATE "C", tablename COLLATE "C"
                                            """))
                    .extracting(List::getFirst)
                    .containsExactly(
                            "We\"ird ❤ Tab%le$$\n",
                            "keyed",
                            "mixed",
                            "pairs",
                            "parent",
                            "parted",
                            "uniquely",
                            "whole",
                            "whole_computed");
            if (version.isAtLeast(15)) {
                assertThat(
                                databases
                                        .rawSource()
                                        .rows(
                                                """
                                                SELECT tablename, attnames::text
                                                FROM pg_publication_tables
                                                WHERE schemaname = 'public' ORDER BY 1
                                                """))
                        .containsExactly(
                                List.of("keyed", "{id}"),
                                List.of("mixed", "{id,body}"),
                                List.of("pairs", "{a,b}"),
                                List.of("parent", "{id}"),
                                List.of("parted", "{id,region}"),
                                List.of("uniquely", "{id}"),
                                List.of("whole", "{id,body}"),
                                List.of("whole_computed", "{id,body,size}"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void keepsOneThatFitsAndMakesAnotherOneAnew(PostgresVersion version) throws Exception {
        Publication publication =
                new Publication("confiture_test", List.of(captured("keyed", "id")));
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES);
                Session session = databases.source().open("test")) {
            create(publication, session);
            String first = databases.rawSource().value("SELECT oid FROM pg_publication");

            create(publication, session);
            assertThat(databases.rawSource().value("SELECT oid FROM pg_publication"))
                    .isEqualTo(first);

            databases.onSource("ALTER PUBLICATION confiture_test ADD TABLE ONLY pairs");
            create(publication, session);
            assertThat(databases.rawSource().value("SELECT oid FROM pg_publication"))
                    .isNotEqualTo(first);
            assertThatCode(() -> publication.check(session)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyChangeOfItByOthersIsFound(PostgresVersion version) throws Exception {
        List<String> changes =
                new ArrayList<>(
                        List.of(
                                "ALTER PUBLICATION confiture_test DROP TABLE pairs",
                                "ALTER PUBLICATION confiture_test ADD TABLE ONLY child",
                                "ALTER PUBLICATION confiture_test SET (publish = 'insert')",
                                "ALTER PUBLICATION confiture_test"
                                        + " SET (publish_via_partition_root = false)",
                                "DROP PUBLICATION confiture_test",
                                "DROP TABLE pairs"));
        if (version.isAtLeast(15)) {
            changes.addAll(
                    List.of(
                            "ALTER PUBLICATION confiture_test ADD TABLES IN SCHEMA public",
                            "ALTER PUBLICATION confiture_test"
                                    + " SET TABLE keyed (id), pairs (b, a) WHERE (a > 0)",
                            "ALTER PUBLICATION confiture_test SET TABLE keyed, pairs (b)"));
        }
        for (String change : changes) {
            Publication publication =
                    new Publication(
                            "confiture_test",
                            List.of(captured("keyed", "id"), captured("pairs", "a", "b")));
            try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES);
                    Session session = databases.source().open("test")) {
                create(publication, session);
                publication.check(session);
                // A list of columns and publishing every table of the schema exclude each other.
                if (change.contains("IN SCHEMA")) {
                    databases.onSource("ALTER PUBLICATION confiture_test SET TABLE keyed, pairs");
                    publication.check(session);
                }
                databases.onSource(change);

                assertThatThrownBy(() -> publication.check(session))
                        .as(change)
                        .isInstanceOfSatisfying(
                                ConfitureException.class,
                                failure ->
                                        assertThat(failure.code())
                                                .isEqualTo(ErrorCode.SOURCE_CHANGED));
            }
        }
    }

    /** What was written between the two was not sent, whatever it looks like afterwards. */
    @ParameterizedTest
    @MethodSource("versions")
    void aChangeThatWasTakenBackIsFoundToo(PostgresVersion version) throws Exception {
        Publication publication =
                new Publication("confiture_test", List.of(captured("whole", "id")));
        List<String> changes =
                new ArrayList<>(
                        List.of(
                                "ALTER PUBLICATION confiture_test DROP TABLE whole;"
                                        + " ALTER PUBLICATION confiture_test ADD TABLE ONLY whole",
                                "ALTER PUBLICATION confiture_test SET (publish = 'insert');"
                                        + " ALTER PUBLICATION confiture_test SET"
                                        + " (publish = 'insert, update, delete, truncate')"));
        if (version.isAtLeast(15)) {
            // Not taken back: what is sent then is not ours.
            changes.add("ALTER PUBLICATION confiture_test ADD TABLES IN SCHEMA public");
        }
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES);
                Session session = databases.source().open("test")) {
            for (String change : changes) {
                String form = create(publication, session);
                databases.onSource("ANALYZE");
                databases.onSource("VACUUM FULL pg_publication_rel");
                publication.check(session, form);
                databases.onSource(change);

                assertThatThrownBy(() -> publication.check(session, form))
                        .as(change)
                        .isInstanceOfSatisfying(
                                ConfitureException.class,
                                failure ->
                                        assertThat(failure.code())
                                                .isEqualTo(ErrorCode.SOURCE_CHANGED))
                        .extracting(failure -> ((ConfitureException) failure).hint())
                        .asString()
                        .contains("migrate --resync");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void waitsForALockWithinItsTimeAndSaysWhoHoldsIt(PostgresVersion version) throws Exception {
        Publication publication =
                new Publication(
                        "confiture_test",
                        List.of(captured("keyed", "id"), captured("pairs", "a", "b")));
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES);
                Session session = databases.source().open("test");
                Connection holder = databases.rawSource().connect()) {
            holder.setAutoCommit(false);
            execute(holder, "SET application_name = 'nightly job'");
            execute(holder, "LOCK TABLE pairs IN SHARE MODE");
            List<ProgressEvent> events = new CopyOnWriteArrayList<>();

            assertThatThrownBy(
                            () ->
                                    publication.create(
                                            session,
                                            Duration.ofSeconds(1),
                                            events::add,
                                            new StopSignal()))
                    .isInstanceOf(ConfitureException.class)
                    .hasMessageContaining("pairs is locked by process")
                    .hasMessageContaining("nightly job");
            assertThat(events).isNotEmpty();
            assertThat(publication.exists(session)).isFalse();

            Thread release = Thread.ofVirtual().start(() -> endWhenWaitedFor(databases, holder));
            create(publication, session);
            release.join();
            publication.check(session);
        }
    }

    /** Our lock on keyed, its lock on pairs: who would wait for whom? */
    @ParameterizedTest
    @MethodSource("versions")
    void anApplicationThatTakesTheSameLocksTheOtherWayRoundNeverMeetsADeadlock(
            PostgresVersion version) throws Exception {
        Publication publication =
                new Publication(
                        "confiture_test",
                        List.of(captured("keyed", "id"), captured("pairs", "a", "b")));
        List<String> locks =
                List.of(
                        "BEGIN; LOCK TABLE pairs IN SHARE MODE; SELECT pg_sleep(0.4);"
                                + " LOCK TABLE keyed IN SHARE MODE; COMMIT;",
                        "BEGIN; LOCK TABLE pairs IN SHARE MODE; SELECT pg_sleep(0.3);"
                                + " LOCK TABLE keyed IN SHARE MODE; COMMIT;");
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES);
                Session session = databases.source().open("test");
                Application writers = Application.on(databases.rawSource(), locks)) {
            for (int round = 0; round < 2; round++) {
                writers.awaitEachOneMore();
                try {
                    publication.create(
                            session,
                            Duration.ofSeconds(2),
                            ProgressListener.SILENT,
                            new StopSignal());
                } catch (ConfitureException gaveUp) {
                    assertThat(gaveUp).hasMessageContaining("because its tables were locked");
                }
                publication.drop(session);
            }
            assertThat(writers.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aStopEndsTheWaiting(PostgresVersion version) throws Exception {
        Publication publication =
                new Publication("confiture_test", List.of(captured("keyed", "id")));
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES);
                Session session = databases.source().open("test");
                Connection holder = databases.rawSource().connect()) {
            holder.setAutoCommit(false);
            execute(holder, "LOCK TABLE keyed IN SHARE MODE");
            StopSignal stop = new StopSignal();

            assertThatThrownBy(
                            () ->
                                    publication.create(
                                            session,
                                            Duration.ofHours(1),
                                            event -> stop.request(),
                                            stop))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aRoleThatIsNotTheOwnerIsToldOfTheAdminUrl(PostgresVersion version) throws Exception {
        Publication publication =
                new Publication("confiture_test", List.of(captured("keyed", "id")));
        String role = "footing_" + version.major();
        try (TwoDatabases databases = TwoDatabases.on(version).onSource(TABLES)) {
            databases.onSource("CREATE ROLE " + role + " LOGIN");
            try (Session session = databases.sourceAs(role).open("test")) {
                assertThatThrownBy(() -> create(publication, session))
                        .isInstanceOfSatisfying(
                                ConfitureException.class,
                                failure -> assertThat(failure.hint()).contains("admin_url"));
            } finally {
                databases.onSource("DROP ROLE " + role);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void endWhenWaitedFor(TwoDatabases databases, Connection holder) {
        String waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
        Waiting.until(() -> databases.rawSource().number(waiting) > 0);
        rollBack(holder);
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
