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
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Others hold what a hop needs: it waits for them, but neither blindly nor for ever. */
class HopsInTheWayIT {
    @TempDir private Path folder;
    private final List<ProgressEvent> events = new CopyOnWriteArrayList<>();

    private Confiture confiture(StopSignal stop) {
        return Confiture.open(new Settings(folder, folder, Map.of()), events::add, stop);
    }

    private String migrated(TwoDatabases databases) throws Exception {
        databases
                .onBoth(
                        "CREATE TABLE users (id int PRIMARY KEY, name text);"
                                + " CREATE TABLE others (id int PRIMARY KEY)")
                .onSource("INSERT INTO users VALUES (1, 'one')");
        String target = databases.rawTarget().dsn();
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "'*': {}\n");
        Confiture confiture = confiture(new StopSignal());
        confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        confiture.migrate(target, mapping, new MigrateOptions("auto", 1, false, false));
        return target;
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRowOfTheTargetThatSomebodyHoldsIsWaitedForInSteps(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            StopSignal stop = new StopSignal();
            CompletableFuture<FollowReport> following;
            try (Connection holder = databases.rawTarget().connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("SELECT FROM users WHERE id = 1 FOR UPDATE");
                following =
                        CompletableFuture.supplyAsync(
                                () ->
                                        confiture(stop)
                                                .follow(
                                                        target,
                                                        new FollowOptions(
                                                                Confiture.DEFAULT_MAX_WAL)));
                databases.onSource("UPDATE users SET name = 'changed'");
                CompletableFuture<FollowReport> running = following;
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> running.isDone() || warnedOfAnother());
                assertThat(following).isNotDone();
                // Between two attempts nothing of ours is locked.
                databases.onSource("TRUNCATE others");
                holder.rollback();
            }
            awaitName(databases, following);
            stop.request();
            following.get(1, TimeUnit.MINUTES);
            confiture(new StopSignal()).cleanup(target, true);
        }
    }

    private static void awaitName(
            TwoDatabases databases, CompletableFuture<FollowReport> following) {
        String changed = "SELECT count(*) FROM users WHERE name = 'changed'";
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> following.isDone() || databases.rawTarget().number(changed) == 1);
        assertThat(following).isNotDone();
    }

    private boolean warnedOfAnother() {
        return events.stream()
                .anyMatch(
                        event ->
                                event instanceof ProgressEvent.Warning warning
                                        && warning.text().contains("stood in the way of a hop"));
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aTableOfTheSourceIsNotWaitedForAtTheCostOfItsDisk(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            FollowOptions little = new FollowOptions(8L << 20);
            CompletableFuture<FollowReport> following =
                    CompletableFuture.supplyAsync(
                            () -> confiture(new StopSignal()).follow(target, little));
            databases.onSource("UPDATE users SET name = 'changed'");
            awaitName(databases, following);
            try (Connection holder = databases.rawSource().connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
                databases.onSource(
                        "SELECT pg_logical_emit_message(false, 'filler', repeat('x', 1000000))"
                                + " FROM generate_series(1, 20)");
                assertThatThrownBy(() -> following.get(1, TimeUnit.MINUTES))
                        .cause()
                        .isInstanceOfSatisfying(
                                ConfitureException.class,
                                failure ->
                                        assertThat(failure.code())
                                                .isEqualTo(ErrorCode.WAL_BUDGET_SPENT));
                holder.rollback();
            }
            confiture(new StopSignal()).cleanup(target, true);
        }
    }
}
