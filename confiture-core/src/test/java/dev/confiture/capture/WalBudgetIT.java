package dev.confiture.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.TwoDatabases;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WalBudgetIT {
    private static final String SLOT = "confiture_budget";

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void warnsBeforeTheServerGivesTheSlotUpForALimitOfItsOwn(PostgresVersion version)
            throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(version)
                                .setting("max_slot_wal_keep_size", "32MB")
                                // No checkpoint may give the slot up.
                                .setting("max_wal_size", "1GB")
                                .setting("checkpoint_timeout", "1h")
                                .start();
                TestDatabase database = server.createDatabase();
                Session source = TwoDatabases.asSource(database).open("test")) {
            database.execute(
                    "SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
            assertThat(warnings(source)).isEmpty();

            database.execute("CREATE TABLE t (id int)");
            for (int segment = 0; segment < 3; segment++) {
                database.execute("INSERT INTO t VALUES (1)");
                database.execute("SELECT pg_switch_wal()");
            }
            assertThat(warnings(source))
                    .singleElement()
                    .asString()
                    .contains(SLOT, "max_slot_wal_keep_size", "migrate --resync");
            database.execute("SELECT pg_drop_replication_slot('" + SLOT + "')");
        }
    }

    /** Of a first look. */
    private static List<ProgressEvent> warnings(Session source) {
        List<ProgressEvent> events = new ArrayList<>();
        new WalBudget(SLOT, Confiture.DEFAULT_MAX_WAL, events::add).check(source);
        return events;
    }
}
