package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.FollowOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code follow} keeps the target in step, and gives way to other commands. */
class FollowIT {
    private static final String TABLE = "CREATE TABLE users (id integer PRIMARY KEY, name text)";
    private static final MigrateOptions OPTIONS = new MigrateOptions("auto", 1, false, false);

    private static final FollowOptions WAL = new FollowOptions(Confiture.DEFAULT_MAX_WAL);

    @TempDir private Path folder;

    private Confiture confiture(StopSignal stop) {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, stop);
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void changesArriveUntilItIsStopped(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            StopSignal stop = new StopSignal();
            CompletableFuture<FollowReport> following =
                    CompletableFuture.supplyAsync(() -> confiture(stop).follow(target, WAL));
            databases.onSource("INSERT INTO users VALUES (2, 'two')");
            await(databases, following, "SELECT count(*) FROM users", 2);

            // Another command gets the migration, and follow goes on afterwards.
            confiture(new StopSignal()).migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
            databases.onSource(
                    "UPDATE users SET id = 3 WHERE id = 2; DELETE FROM users WHERE id=1");
            await(databases, following, "SELECT sum(id) FROM users", 3);

            stop.request();
            assertThat(following.get(1, TimeUnit.MINUTES).rows()).isPositive();
            StatusReport.Live live = confiture(new StopSignal()).status(target).live();
            assertThat(live).isNotNull();
            assertThat(live.slotState()).isEqualTo("reserved");
            assertThat(live.secondsBehind()).isNotNegative();
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    @Test
    void aStaticMigrationHasNothingToFollow() throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(PostgresVersion.NEWEST)) {
            String target = databases.rawTarget().dsn();
            confiture(new StopSignal())
                    .setup(databases.rawSource().dsn(), target, new SetupOptions(true, false));
            assertThatThrownBy(() -> confiture(new StopSignal()).follow(target, WAL))
                    .hasMessageContaining("a static migration has nothing to follow")
                    .extracting(failure -> ((ConfitureException) failure).hint())
                    .asString()
                    .contains("cleanup", "without --static");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void statusSaysThatTheSlotIsGone(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            databases.onSource(
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                            + " WHERE database = current_database()");
            StatusReport.Live live = confiture(new StopSignal()).status(target).live();
            assertThat(live).isNotNull();
            assertThat(live.slotState()).isEqualTo("gone");
            assertThat(live.walRetainedBytes()).isNull();
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    /** Its tables are captured already; its rows are copied as those of any other entry. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void anEntryMayBeAddedOverATableThatIsCaptured(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            databases.onTarget("CREATE TABLE names (id bigint PRIMARY KEY, upper text)");
            databases.onSource(
                    "INSERT INTO users SELECT n, 'name ' || n FROM generate_series(2, 900) n");
            Path mapping =
                    Files.writeString(
                            folder.resolve("more.yaml"),
                            """
                            users: {}
                            names:
                              source_table: users
                              expressions: {upper: upper(name)}
                            """);
            confiture(new StopSignal()).migrate(target, mapping, OPTIONS);
            databases.onSource(
                    "UPDATE users SET name = 'other' WHERE id < 50;"
                            + " DELETE FROM users WHERE id > 800");
            confiture(new StopSignal()).migrate(target, mapping, OPTIONS);
            String upper = "SELECT string_agg(id || %s, ',' ORDER BY id) FROM %s";
            assertThat(databases.rawTarget().value(upper.formatted("upper", "names")))
                    .isEqualTo(
                            databases.rawSource().value(upper.formatted("upper(name)", "users")));
            assertThat(confiture(new StopSignal()).verify(target, List.of()).agrees()).isTrue();
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theLagIsTheAgeOfWhatTheTargetHas(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            long before = System.nanoTime();
            String target = migrated(databases);
            Awaitility.await().until(() -> secondsBehind(target) > 1);
            assertThat(secondsBehind(target)).isLessThan(secondsSince(before));

            long again = System.nanoTime();
            confiture(new StopSignal()).migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
            assertThat(secondsBehind(target)).isLessThan(secondsSince(again));
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    private double secondsBehind(String target) {
        return confiture(new StopSignal()).status(target).live().secondsBehind();
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whatWaitsIsStreamedIfTheSourceMayNotGatherIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            assertThat(eventsOfNext(databases, target)).noneMatch(FollowIT::tellsOfStreaming);
            databases.onSource(
                    "DO $$BEGIN EXECUTE format('ALTER DATABASE %1$I SET temp_file_limit = 1536',"
                            + " current_database()); EXECUTE format('ALTER DATABASE %1$I SET"
                            + " work_mem = %2$L', current_database(), '64kB'); END$$");
            assertThat(eventsOfNext(databases, target)).anyMatch(FollowIT::tellsOfStreaming);
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    private static boolean tellsOfStreaming(ProgressEvent event) {
        return event instanceof ProgressEvent.Detail detail
                && detail.text().startsWith("the changes that wait are streamed");
    }

    /** Writes more than a megabyte of log, which nobody follows, and then migrates it. */
    private List<ProgressEvent> eventsOfNext(TwoDatabases databases, String target)
            throws Exception {
        databases.onSource(
                "DO $$BEGIN FOR n IN 1..60000 LOOP INSERT INTO users"
                        + " SELECT max(id) + 1, repeat('x', 100) FROM users; END LOOP; END$$");
        List<ProgressEvent> events = new CopyOnWriteArrayList<>();
        Confiture.open(new Settings(folder, folder, Map.of()), events::add, new StopSignal())
                .migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
        String rows = "SELECT count(*) FROM users";
        assertThat(databases.rawTarget().number(rows))
                .isEqualTo(databases.rawSource().number(rows));
        return events;
    }

    /** Neither says a word of the rows in the stream, although it gives each another value. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aChangedSourceTableStopsItBeforeARowIsApplied(PostgresVersion version) throws Exception {
        for (String change :
                List.of(
                        "ADD COLUMN name2 integer DEFAULT 7",
                        "ALTER COLUMN name TYPE varchar(50) USING upper(name)")) {
            try (TwoDatabases databases = TwoDatabases.on(version)) {
                String target = migrated(databases);
                CompletableFuture<FollowReport> following =
                        CompletableFuture.supplyAsync(
                                () -> confiture(new StopSignal()).follow(target, WAL));
                databases.onSource("INSERT INTO users VALUES (2, 'two')");
                await(databases, following, "SELECT count(*) FROM users", 2);

                databases.onSource(
                        "BEGIN; INSERT INTO users VALUES (3, 'three'); ALTER TABLE users "
                                + change
                                + "; COMMIT");
                assertThatThrownBy(() -> following.get(1, TimeUnit.MINUTES))
                        .cause()
                        .isInstanceOfSatisfying(
                                ConfitureException.class,
                                failure ->
                                        assertThat(failure.code())
                                                .isEqualTo(ErrorCode.SOURCE_CHANGED))
                        .hasMessageContaining("name");
                assertThat(
                                databases
                                        .rawTarget()
                                        .value(
                                                "SELECT string_agg(id || name, ',' ORDER BY id)"
                                                        + " FROM users"))
                        .isEqualTo("1one,2two");
                confiture(new StopSignal()).cleanup(target, true);
            }
        }
    }

    /** What was written while the table was out is not sent, and nothing there shows it later. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aTableThatWasOutOfThePublicationStopsIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            CompletableFuture<FollowReport> following =
                    CompletableFuture.supplyAsync(
                            () -> confiture(new StopSignal()).follow(target, WAL));
            databases.onSource("INSERT INTO users VALUES (2, 'two')");
            await(databases, following, "SELECT count(*) FROM users", 2);

            databases.onSource(
                    """
                    DO $$
                    DECLARE publication text := (SELECT pubname FROM pg_publication_tables
                        WHERE tablename = 'users');
                    BEGIN
                        EXECUTE format('ALTER PUBLICATION %I DROP TABLE users', publication);
                        UPDATE users SET name = 'unsent';
                        EXECUTE format('ALTER PUBLICATION %I ADD TABLE ONLY users', publication);
                    END $$""");
            assertThatThrownBy(() -> following.get(1, TimeUnit.MINUTES))
                    .cause()
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CHANGED))
                    .hasMessageContaining("publication");
            Path mapping = folder.resolve("mapping.yaml");
            assertThatThrownBy(() -> confiture(new StopSignal()).migrate(target, mapping, OPTIONS))
                    .hasMessageContaining("publication");
            confiture(new StopSignal())
                    .migrate(
                            target,
                            mapping,
                            new MigrateOptions("auto", 1, false, false, true, WAL.maxWal()));
            assertThat(databases.rawTarget().value("SELECT min(name) FROM users"))
                    .isEqualTo("unsent");
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    /** The server sends nothing of such rows. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void rowsThatComeAndGoWithAPartitionAreFollowed(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            "CREATE TABLE parts (id integer PRIMARY KEY) PARTITION BY RANGE (id);"
                                    + "CREATE TABLE few PARTITION OF parts FOR VALUES FROM (1)"
                                    + " TO (10); INSERT INTO parts VALUES (1);")
                    .onTarget("CREATE TABLE parts (id integer PRIMARY KEY)");
            String target = databases.rawTarget().dsn();
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "parts: {}\n");
            Confiture confiture = confiture(new StopSignal());
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            confiture.migrate(target, mapping, OPTIONS);

            databases.onSource(
                    "CREATE TABLE more (id integer PRIMARY KEY);"
                            + " INSERT INTO more SELECT generate_series(10, 19);"
                            + " ALTER TABLE parts ATTACH PARTITION more FOR VALUES FROM (10)"
                            + " TO (20)");
            confiture.migrate(target, mapping, OPTIONS);
            assertThat(databases.rawTarget().count("parts")).isEqualTo(11);

            databases.onSource("UPDATE parts SET id = 9 WHERE id = 19");
            databases.onSource(
                    "BEGIN; ALTER TABLE parts DETACH PARTITION more;"
                            + " UPDATE more SET id = 19 WHERE id = 18; ALTER TABLE parts ATTACH"
                            + " PARTITION more FOR VALUES FROM (10) TO (20); COMMIT");
            confiture.migrate(target, mapping, OPTIONS);
            assertThat(databases.rawTarget().number("SELECT sum(id) FROM parts")).isEqualTo(137);
            databases.onSource("UPDATE parts SET id = 18 WHERE id = 19");
            databases.onSource("DROP TABLE few");
            confiture.migrate(target, mapping, OPTIONS);
            assertThat(databases.rawTarget().number("SELECT sum(id) FROM parts")).isEqualTo(126);
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            confiture.cleanup(target, true);
        }
    }

    /** Its changes leave no trace in the log, so it must not become a part of what is followed. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void anUnloggedPartitionStopsIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            "CREATE TABLE parts (id integer PRIMARY KEY) PARTITION BY RANGE (id);"
                                    + "CREATE TABLE few PARTITION OF parts FOR VALUES FROM (1)"
                                    + " TO (10); INSERT INTO parts VALUES (1);")
                    .onTarget("CREATE TABLE parts (id integer PRIMARY KEY)");
            String target = databases.rawTarget().dsn();
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "parts: {}\n");
            Confiture confiture = confiture(new StopSignal());
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            confiture.migrate(target, mapping, OPTIONS);

            databases.onSource(
                    "CREATE UNLOGGED TABLE more PARTITION OF parts FOR VALUES FROM (10) TO (20);"
                            + " INSERT INTO parts VALUES (11)");
            assertThatThrownBy(() -> confiture.migrate(target, mapping, OPTIONS))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure ->
                                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CHANGED))
                    .hasMessageContaining("more of parts is unlogged");

            // What was written before is not sent then either, but it is known to be missing.
            databases.onSource("ALTER TABLE more SET LOGGED");
            confiture.migrate(target, mapping, OPTIONS);
            assertThat(databases.rawTarget().number("SELECT sum(id) FROM parts")).isEqualTo(12);
            databases.onSource("UPDATE parts SET id = 12 WHERE id = 11");
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(databases.rawTarget().number("SELECT sum(id) FROM parts")).isEqualTo(13);
            confiture.cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aTableThatTheMappingGainsLaterIsNamedWithWhatToDo(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onBoth("CREATE TABLE later (id integer PRIMARY KEY)");
            databases.onBoth(TABLE).onSource("INSERT INTO users VALUES (1, 'one')");
            String target = databases.rawTarget().dsn();
            Path mapping =
                    Files.writeString(
                            folder.resolve("mapping.yaml"), "users: {}\nignore_tables: [later]\n");
            Confiture confiture = confiture(new StopSignal());
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            confiture.migrate(target, mapping, OPTIONS);

            Files.writeString(mapping, "users: {}\nlater: {}\n");
            assertThatThrownBy(() -> confiture.migrate(target, mapping, OPTIONS))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.getMessage()).endsWith("later is not captured");
                                assertThat(failure.hint())
                                        .contains(
                                                "Put the mapping back as it was",
                                                "`migrate --truncate-target`");
                            });
            // The old one goes on as if nothing had been.
            databases.onSource("INSERT INTO users VALUES (2, 'two')");
            Files.writeString(mapping, "users: {}\nignore_tables: [later]\n");
            confiture.migrate(target, mapping, OPTIONS);
            assertThat(databases.rawTarget().count("users")).isEqualTo(2);
            confiture.cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aLostSlotIsNamedAndEverythingIsCopiedAnew(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            databases.onSource(
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                            + " WHERE database = current_database()");
            databases.onSource("UPDATE users SET name = 'nobody saw this'");
            Path mapping = folder.resolve("mapping.yaml");
            Confiture confiture = confiture(new StopSignal());
            assertThatThrownBy(() -> confiture.migrate(target, mapping, OPTIONS))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.SLOT_LOST);
                                assertThat(failure.hint()).contains("migrate --resync");
                            });

            confiture.migrate(
                    target,
                    mapping,
                    new MigrateOptions("auto", 1, false, false, true, WAL.maxWal()));

            assertThat(databases.rawTarget().value("SELECT name FROM users"))
                    .isEqualTo("nobody saw this");
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            confiture.cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aResyncThatFailsHalfwayIsNotTakenForDone(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            // Nobody asked for its rows to go, so the table it refers to cannot be emptied.
            databases.onTarget("CREATE TABLE notes (user_id integer REFERENCES users)");
            Path mapping = folder.resolve("mapping.yaml");
            Confiture confiture = confiture(new StopSignal());
            MigrateOptions resync = new MigrateOptions("auto", 1, false, false, true, WAL.maxWal());
            assertThatThrownBy(() -> confiture.migrate(target, mapping, resync))
                    .hasMessageContaining("users");
            databases.onSource("UPDATE users SET name = 'nobody saw this'");
            assertThatThrownBy(() -> confiture.migrate(target, mapping, OPTIONS))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SLOT_LOST))
                    .extracting(failure -> ((ConfitureException) failure).hint())
                    .asString()
                    .contains("--resync");

            // A first hop that was killed leaves its indexes behind.
            databases.onTarget("DROP TABLE notes; CREATE INDEX confiture_key_0 ON users (id)");
            confiture.migrate(target, mapping, resync);
            assertThat(
                            databases
                                    .rawTarget()
                                    .value(
                                            "SELECT string_agg(indexname, ' ') FROM pg_indexes"
                                                    + " WHERE tablename = 'users'"))
                    .isEqualTo("users_pkey");
            assertThat(databases.rawTarget().value("SELECT name FROM users"))
                    .isEqualTo("nobody saw this");
            confiture.cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theSlotIsDroppedBeforeItFillsTheSourcesDisk(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            try (Connection open = databases.rawSource().connect();
                    Statement statement = open.createStatement()) {
                open.setAutoCommit(false);
                // As long as this is open, the slot needs all WAL from here on.
                statement.execute("INSERT INTO users VALUES (7, 'open')");
                databases.onSource(
                        "SELECT pg_logical_emit_message(false, 'filler', repeat('x', 1000000))"
                                + " FROM generate_series(1, 20)");
                FollowOptions little = new FollowOptions(8L << 20);
                assertThatThrownBy(() -> confiture(new StopSignal()).follow(target, little))
                        .isInstanceOfSatisfying(
                                ConfitureException.class,
                                failure ->
                                        assertThat(failure.code())
                                                .isEqualTo(ErrorCode.WAL_BUDGET_SPENT));
                open.commit();
            }
            assertThat(
                            databases
                                    .rawSource()
                                    .number(
                                            "SELECT count(*) FROM pg_replication_slots"
                                                    + " WHERE database = current_database()"))
                    .isZero();
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    private String migrated(TwoDatabases databases) throws Exception {
        databases.onBoth(TABLE).onSource("INSERT INTO users VALUES (1, 'one')");
        String target = databases.rawTarget().dsn();
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "users: {}\n");
        Confiture confiture = confiture(new StopSignal());
        confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        confiture.migrate(target, mapping, OPTIONS);
        return target;
    }

    private static void await(
            TwoDatabases databases, CompletableFuture<?> following, String query, long wanted)
            throws Exception {
        while (databases.rawTarget().number(query) != wanted) {
            if (following.isDone()) {
                throw new ExecutionException("follow has ended: " + following.get(), null);
            }
            Thread.onSpinWait();
        }
    }
}
