package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application behind PgBouncer is sent over by the recipe of docs/operating/cutover.md. */
class PgBouncerIT {
    private static final String REFUSED = "25006";

    @TempDir private Path folder;

    private final Set<Long> acknowledged = new TreeSet<>();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean ended;

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "session"})
    void theApplicationIsSentOverAndLosesNothing(String poolMode) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(PostgresVersion.NEWEST)) {
            databases.onBoth("CREATE TABLE notes (id bigint PRIMARY KEY)");
            Files.writeString(
                    folder.resolve("shop.ini"), RunningPgBouncer.entry(databases.rawSource()));
            Files.writeString(
                    folder.resolve("shop-new.ini"), RunningPgBouncer.entry(databases.rawTarget()));
            try (RunningPgBouncer pooler = RunningPgBouncer.in(folder, poolMode)) {
                migrate(databases, pooler);
                CompletableFuture<Void> application =
                        CompletableFuture.runAsync(() -> write(pooler));
                awaitMore(application);
                cutover();
                awaitMore(application);
                ended = true;
                application.join();
            }
            Set<Long> old = ids(databases.rawSource());
            Set<Long> next = ids(databases.rawTarget());
            assertThat(next).isEqualTo(acknowledged).containsAll(old);
            assertThat(next.size()).isGreaterThan(old.size());
            confiture().cleanup("new", true);
        }
    }

    private void migrate(TwoDatabases databases, RunningPgBouncer pooler) throws IOException {
        Path script = folder.resolve("switch-pgbouncer");
        Files.writeString(script, recipe());
        Path environment = folder.resolve("environments").resolve("new.yaml");
        Files.createDirectories(environment.getParent());
        Files.writeString(
                environment,
                """
                database_url: %s
                hooks:
                  on_switch:
                    command: PGBOUNCER_CONSOLE=%s PGBOUNCER_FOLDER=%s sh %s
                    timeout: 30s
                """
                        .formatted(databases.rawTarget().dsn(), pooler.console(), folder, script));
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "notes: {}");
        confiture().setup(databases.rawSource().dsn(), "new", new SetupOptions(false, false));
        confiture().migrate("new", mapping, new MigrateOptions("auto", 1, false, false));
    }

    private void cutover() {
        CutoverOptions options =
                new CutoverOptions(
                        Duration.ofSeconds(10), false, false, true, Confiture.DEFAULT_MAX_WAL);
        assertThat(confiture().cutover("new", options).kind()).isEqualTo("done");
    }

    /** The script as it is documented. */
    private static String recipe() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operating", "cutover.md"));
        Matcher script =
                Pattern.compile("```sh\n(#!/bin/sh\n.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(script.find()).isTrue();
        return script.group(1);
    }

    /** Row after row; the same again where it was refused, on a connection of its own. */
    private void write(RunningPgBouncer pooler) {
        long id = 1;
        while (!ended) {
            try (Connection connection = pooler.connect();
                    Statement statement = connection.createStatement()) {
                while (!ended) {
                    statement.execute("INSERT INTO notes VALUES (" + id + ")");
                    acknowledged.add(id++);
                    written.incrementAndGet();
                }
            } catch (SQLException refusal) {
                if (!REFUSED.equals(refusal.getSQLState())) {
                    throw new IllegalStateException(refusal);
                }
            }
        }
    }

    /** What was refused on the way is not counted, so this is a commit of now. */
    private void awaitMore(CompletableFuture<Void> application) {
        long before = written.get();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> application.isDone() || written.get() > before);
        assertThat(application).isNotCompletedExceptionally();
    }

    private static Set<Long> ids(TestDatabase database) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        for (List<String> row : database.rows("SELECT id FROM notes")) {
            ids.add(Long.valueOf(row.getFirst()));
        }
        return ids;
    }
}
