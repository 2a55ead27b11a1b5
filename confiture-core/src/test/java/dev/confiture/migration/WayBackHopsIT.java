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
import dev.confiture.kill.KilledChild;
import dev.confiture.live.Application;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After the cutover {@code follow} keeps the old database in step, or says why it cannot. */
class WayBackHopsIT {
    private static final String SOURCE =
            """
            CREATE TABLE old_users (
                id integer PRIMARY KEY, name varchar(10) NOT NULL, fax text,
                CHECK (name <> 'nobody'));
            INSERT INTO old_users VALUES (1, 'one', 'fax 1'), (2, 'two', 'fax 2');
            """;
    private static final String TARGET =
            "CREATE TABLE users (id bigint PRIMARY KEY, title text NOT NULL)";
    private static final String MAPPING =
            "users: {source_table: old_users, columns: {name: title}, ignore: [fax]}";
    private static final FollowOptions WAL = new FollowOptions(Confiture.DEFAULT_MAX_WAL);

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void changesGoBackUntilItIsStopped(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = cutOver(databases);
            StopSignal stop = new StopSignal();
            CompletableFuture<FollowReport> following =
                    CompletableFuture.supplyAsync(() -> confiture(stop).follow(target, WAL));
            databases.onTarget(
                    "INSERT INTO users VALUES (3, 'three'); DELETE FROM users WHERE id = 2;"
                            + " UPDATE users SET title = 'first' WHERE id = 1");
            String rows = "SELECT string_agg(u::text, ' ' ORDER BY id) FROM old_users u";
            while (!following.isDone()
                    && !"(1,first,\"fax 1\") (3,three,)"
                            .equals(databases.rawSource().value(rows))) {
                Thread.onSpinWait();
            }
            stop.request();
            assertThat(following.get(1, TimeUnit.MINUTES).rows()).isPositive();
            StatusReport.Live live = confiture(new StopSignal()).status(target).live();
            assertThat(live).isNotNull();
            assertThat(live.written()).isEqualTo("target");
            assertThat(live.slotState()).isEqualTo("reserved");
            assertThat(live.secondsBehind()).isNotNegative();
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    @Test
    void migrateSaysWhatIsLeftToDoAfterTheCutover() throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(PostgresVersion.NEWEST)) {
            String target = cutOver(databases);
            assertThatThrownBy(
                            () ->
                                    confiture(new StopSignal())
                                            .migrate(
                                                    target,
                                                    null,
                                                    new MigrateOptions("auto", 1, false, false)))
                    .hasMessageContaining("this migration is cut over")
                    .extracting(failure -> ((ConfitureException) failure).hint())
                    .asString()
                    .containsSubsequence("s2s rollback", "s2s follow", "s2s cleanup");
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRowThatCannotGoBackEndsIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = cutOver(databases);
            databases.onTarget(
                    "INSERT INTO users SELECT n, 'user ' || n FROM generate_series(10, 40) n;"
                            + " UPDATE users SET title = 'nobody' WHERE id = 23");
            assertThatThrownBy(() -> confiture(new StopSignal()).follow(target, WAL))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.WAY_BACK_ENDED);
                                assertThat(failure)
                                        .hasMessageContaining(
                                                "rollback has ended here: the row of users with the"
                                                        + " key 23 cannot go back into old_users:"
                                                        + " source: ")
                                        .hasMessageContaining("old_users_name_check");
                            });
            assertThat(databases.rawSource().number("SELECT count(*) FROM old_users")).isEqualTo(2);

            databases.onTarget("UPDATE users SET title = 'longer than ten' WHERE id = 23");
            assertThatThrownBy(() -> confiture(new StopSignal()).follow(target, WAL))
                    .hasMessageContaining("with the key 23")
                    .hasMessageContaining("too long");

            databases.onTarget("UPDATE users SET title = 'fits' WHERE id = 23");
            assertThat(ReverseHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(databases.rawSource().number("SELECT count(*) FROM old_users"))
                    .isEqualTo(33);
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aChangeOfTheNewTablesEndsIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = cutOver(databases);
            databases.onTarget("ALTER TABLE users RENAME COLUMN title TO label");
            databases.onTarget("ALTER TABLE users RENAME COLUMN label TO title");
            databases.onTarget("ALTER TABLE users ALTER COLUMN title TYPE varchar(100)");
            assertThatThrownBy(() -> confiture(new StopSignal()).follow(target, WAL))
                    .isInstanceOf(ConfitureException.class)
                    .hasMessageStartingWith("on the way back: ")
                    .hasMessageContaining("users");
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aLostSlotEndsIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = cutOver(databases);
            databases.onTarget(
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                            + " WHERE database = current_database()");
            assertThatThrownBy(() -> confiture(new StopSignal()).follow(target, WAL))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.SLOT_LOST);
                                assertThat(failure.getMessage())
                                        .contains("is gone from the new database");
                                assertThat(failure.hint())
                                        .startsWith("Rollback is not possible any more");
                            });
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aKilledFollowIsTakenUp(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = cutOver(databases);
            List<String> writer =
                    List.of(
                            "INSERT INTO users SELECT max(id) + 1, 'new' FROM users;"
                                    + " UPDATE users SET title = title WHERE id = 1;"
                                    + " DELETE FROM users WHERE id % 7 = 2");
            try (Application application = Application.on(databases.rawTarget(), writer)) {
                for (int event : List.of(2, 5, 9)) {
                    KilledChild.killFollow(target, event);
                }
                assertThat(ReverseHops.run(folder, target, 2).differences()).isEmpty();
                assertThat(application.failures()).isEmpty();
            }
            // The application is quiet now: the last commit that it was told of is there too.
            assertThat(ReverseHops.run(folder, target, 1).differences()).isEmpty();
            String ids = "SELECT count(*) || ' ' || sum(id) FROM ";
            assertThat(databases.rawSource().value(ids + "old_users"))
                    .isEqualTo(databases.rawTarget().value(ids + "users"));
            confiture(new StopSignal()).cleanup(target, true);
            leavesNothing(databases.rawSource());
            leavesNothing(databases.rawTarget());
        }
    }

    private static void leavesNothing(TestDatabase database) throws Exception {
        assertThat(
                        database.number(
                                "SELECT (SELECT count(*) FROM pg_publication) + (SELECT count(*)"
                                        + " FROM pg_replication_slots"
                                        + " WHERE database = current_database()) + (SELECT count(*)"
                                        + " FROM pg_namespace WHERE nspname = 'confiture')"))
                .isZero();
    }

    private Confiture confiture(StopSignal stop) {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, stop);
    }

    private String cutOver(TwoDatabases databases) throws Exception {
        databases.onSource(SOURCE).onTarget(TARGET);
        String target = databases.rawTarget().dsn();
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
        Confiture confiture = confiture(new StopSignal());
        confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        confiture.migrate(target, mapping, new MigrateOptions("auto", 1, false, false));
        ReverseHops.begin(folder, target);
        return target;
    }
}
