package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.cutover.PreflightItem;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the servers lack for a way back is said before a cutover, with what mends it. */
class WayBackPreflightIT {
    @TempDir private Path folder;

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    private static CutoverOptions options(boolean dryRun, boolean noRollback) {
        return new CutoverOptions(
                Duration.ofSeconds(5), dryRun, false, noRollback, Confiture.DEFAULT_MAX_WAL);
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aServerThatLogsTooLittleBlocksItUnlessNoneIsWanted(PostgresVersion version)
            throws Exception {
        try (PostgresServer next =
                        PostgresServer.builder(version)
                                .setting("wal_level", "replica")
                                .setting("max_replication_slots", "0")
                                .setting("max_wal_senders", "0")
                                .start();
                TwoDatabases databases =
                        TwoDatabases.of(
                                PostgresServer.shared(version).createDatabase(),
                                next.createDatabase())) {
            databases.onBoth("CREATE TABLE users (id integer PRIMARY KEY)");
            String target = databases.rawTarget().dsn();
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "users: {}");
            assertThat(
                            confiture()
                                    .setup(
                                            databases.rawSource().dsn(),
                                            target,
                                            new SetupOptions(false, false))
                                    .findings())
                    .extracting(finding -> finding.subject())
                    .containsExactly("wal_level", "max_replication_slots", "max_wal_senders");
            confiture().migrate(target, mapping, new MigrateOptions("auto", 1, false, false));

            List<PreflightItem> blockers =
                    confiture().cutover(target, options(true, false)).preflight().stream()
                            .filter(PreflightItem::blocks)
                            .toList();
            assertThat(blockers)
                    .extracting(PreflightItem::check)
                    .containsExactly("wal_level", "max_replication_slots", "max_wal_senders");
            assertThat(blockers.getFirst().remedy())
                    .contains("ALTER SYSTEM SET wal_level = 'logical';", "--no-rollback");
            assertThatThrownBy(() -> confiture().cutover(target, options(false, false)))
                    .hasMessageContaining("wal_level: is replica on the target");

            assertThat(confiture().cutover(target, options(false, true)).kind()).isEqualTo("done");
            confiture().cleanup(target, false);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whatTheRolesMayNotIsSaidWithTheGrantThatMendsIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String role = "carrier of " + databases.rawTarget().name();
            databases.onTarget("CREATE ROLE \"" + role + "\" LOGIN");
            try (Session target = databases.targetAs(role).open("test");
                    Session source = databases.sourceAs(role).open("test")) {
                List<PreflightItem> items = WayBackPreflight.servers(target, source);
                assertThat(items).allMatch(PreflightItem::blocks);
                assertThat(items)
                        .extracting(PreflightItem::remedy)
                        .satisfiesExactly(
                                remedy ->
                                        assertThat(remedy)
                                                .contains(
                                                        "ALTER ROLE \"" + role + "\" REPLICATION;"),
                                remedy ->
                                        assertThat(remedy)
                                                .contains(
                                                        "GRANT CREATE ON DATABASE \""
                                                                + databases.rawTarget().name()
                                                                + "\" TO \""
                                                                + role
                                                                + "\";"),
                                remedy ->
                                        assertThat(remedy)
                                                .contains(
                                                        "GRANT SET ON PARAMETER"
                                                                + " session_replication_role TO \""
                                                                + role
                                                                + "\";"));
            } finally {
                databases.onTarget("DROP ROLE \"" + role + "\"");
            }
            try (Session target = databases.target().open("test");
                    Session source = databases.source().open("test")) {
                assertThat(WayBackPreflight.servers(target, source))
                        .containsExactly(PreflightItem.good("servers", "both allow a way back"));
            }
        }
    }
}
