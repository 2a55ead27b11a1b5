package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.live.Sleepers;
import dev.confiture.live.SmallHeap;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However much changes while the copy runs, and however large a transaction is, a heap of 128 MB is
 * enough. Every row is changed at least once before it is copied; {@code
 * -Dconfiture.test.changedKeys=5000000} is the size that is promised.
 */
class LiveMemoryIT {
    private static final int KEYS = Integer.getInteger("confiture.test.changedKeys", 300_000);
    private static final int TRANSACTION = 10_000;
    private static final int LARGE_TRANSACTION = KEYS / 5;

    @TempDir private Path folder;

    @Test
    void neitherManyChangesNorALargeTransactionNeedMuchMemory() throws Exception {
        try (PostgresServer server = PostgresServer.builder(PostgresVersion.NEWEST).start();
                TestDatabase old = server.createDatabase();
                TestDatabase neu = server.createDatabase()) {
            old.execute(
                    "CREATE TABLE items (id integer PRIMARY KEY, counter integer NOT NULL)"
                            + " WITH (fillfactor = 50);"
                            + " INSERT INTO items SELECT n, 0 FROM generate_series(1, "
                            + KEYS
                            + ") n; ANALYZE");
            neu.execute("CREATE TABLE items (id bigint PRIMARY KEY, counter bigint NOT NULL)");
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "items: {}\n");
            Confiture confiture =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()),
                            ProgressListener.SILENT,
                            new StopSignal());
            confiture.setup(old.dsn(), neu.dsn(), new SetupOptions(false, false));
            Sleepers busy = Sleepers.on(old, 2);
            Process child = SmallHeap.migrate(neu.dsn(), mapping);
            try {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> confiture.status(neu.dsn()).pause() != null);
                changeAll(old);
                busy.end();
                assertThat(child.waitFor(30, TimeUnit.MINUTES)).isTrue();
            } finally {
                child.destroyForcibly();
            }
            assertThat(child.exitValue()).as(server.logText()).isZero();
            assertThat(neu.number("SELECT count(*) FROM items")).isEqualTo(KEYS);
            assertThat(neu.number("SELECT sum(counter) FROM items"))
                    .isEqualTo((long) KEYS + LARGE_TRANSACTION);
            assertThat(neu.number("SELECT max(counter) FROM items")).isEqualTo(2);
            confiture.cleanup(neu.dsn(), true);
        }
    }

    private static void changeAll(TestDatabase old) throws SQLException {
        for (int from = 1; from <= KEYS; from += TRANSACTION) {
            old.execute(
                    "UPDATE items SET counter = counter + 1 WHERE id BETWEEN %d AND %d"
                            .formatted(from, from + TRANSACTION - 1));
        }
        old.execute("UPDATE items SET counter = counter + 1 WHERE id <= " + LARGE_TRANSACTION);
    }
}
