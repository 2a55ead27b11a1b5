package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CopyLimits;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.live.Sleepers;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While rows are copied, changes wait in the source's log until they are many. */
class PatientRoundIT {
    private static final long MAX_WAL = 64 << 20;

    private static final String READER =
            "SELECT coalesce(max(active_pid), 0) FROM pg_replication_slots";

    /** More than a quarter of what may be kept. */
    private static final String MUCH =
            "SELECT pg_logical_emit_message(false, 'other', repeat('x', 1000000))"
                    + " FROM generate_series(1, 20)";

    @TempDir private Path folder;

    private static ConditionFactory soon() {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theLogIsReadWhenItIsMuchAndWithoutEndWhereEachReadingWouldBeLong(PostgresVersion version)
            throws Exception {
        try (PostgresServer server = PostgresServer.builder(version).start();
                TestDatabase old = server.createDatabase();
                TestDatabase neu = server.createDatabase();
                Connection open = old.connect();
                Statement opened = open.createStatement()) {
            Confiture confiture = setUp(old, neu);
            // They hold the copy back.
            Sleepers sleepers = Sleepers.on(old, 2);
            CompletableFuture<MigrateReport> migrating =
                    CompletableFuture.supplyAsync(
                            () -> confiture.migrate(neu.dsn(), mapping(), options()),
                            task -> Thread.ofVirtual().start(task));
            soon().until(() -> confiture.status(neu.dsn()).pause() != null);

            assertThat(old.number(READER)).isZero();
            old.execute("UPDATE items SET text = 'changed' WHERE id = 1");
            old.execute(MUCH);
            soon().until(() -> isKept(neu, 1));
            soon().until(() -> rests(old));

            open.setAutoCommit(false);
            opened.execute("INSERT INTO items VALUES (-1, 'long open')");
            old.execute(MUCH);
            old.execute("UPDATE items SET text = 'changed' WHERE id = 2");
            soon().until(() -> isKept(neu, 2));
            // Now the slot shows how far back a reading begins; the next one is the last.
            old.execute(MUCH);
            old.execute("UPDATE items SET text = 'changed' WHERE id = 3");
            soon().until(() -> isKept(neu, 3));
            soon().until(() -> old.number(READER) > 0);
            long reader = old.number(READER);
            old.execute("UPDATE items SET text = 'changed' WHERE id = 4");
            soon().until(() -> isKept(neu, 4));
            assertThat(old.number(READER)).isEqualTo(reader);

            open.commit();
            soon().until(() -> rests(old));
            old.execute("UPDATE items SET text = 'changed' WHERE id = 5");
            sleepers.end();
            migrating.get(2, TimeUnit.MINUTES);
            assertThat(neu.number("SELECT count(*) FROM items WHERE text = 'changed'"))
                    .isEqualTo(5);
            assertThat(neu.value("SELECT text FROM items WHERE id = -1")).isEqualTo("long open");
            confiture.cleanup(neu.dsn(), true);
        }
    }

    private Confiture setUp(TestDatabase old, TestDatabase neu) throws Exception {
        old.execute(
                "CREATE TABLE items (id integer PRIMARY KEY, text text);"
                        + " INSERT INTO items SELECT n, 'as it was'"
                        + " FROM generate_series(1, 5000) n; ANALYZE");
        neu.execute("CREATE TABLE items (id bigint PRIMARY KEY, text text)");
        Files.writeString(mapping(), "items: {}\n");
        Confiture confiture =
                Confiture.open(
                        new Settings(folder, folder, Map.of()),
                        ProgressListener.SILENT,
                        new StopSignal());
        confiture.setup(old.dsn(), neu.dsn(), new SetupOptions(false, false));
        return confiture;
    }

    private Path mapping() {
        return folder.resolve("mapping.yaml");
    }

    private static MigrateOptions options() {
        return new MigrateOptions(
                "auto", 1, false, false, false, MAX_WAL, new CopyLimits(0, Duration.ZERO, 1));
    }

    private static boolean isKept(TestDatabase neu, int id) throws SQLException {
        return neu.number("SELECT count(*) FROM confiture.changed_key WHERE key = '{" + id + "}'")
                == 1;
    }

    /** The server notes at each checkpoint which transactions run: the slot moves on with that. */
    private static boolean rests(TestDatabase old) throws SQLException {
        old.execute("CHECKPOINT");
        return old.number(READER) == 0;
    }
}
