package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.live.Application;
import dev.confiture.live.ReverseShop;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a cutover the old database is kept in step, through the fence that stands there. */
class CutoverWayBackIT {
    private static final CutoverOptions KEEP_IN_STEP =
            new CutoverOptions(
                    Duration.ofSeconds(5), false, false, false, Confiture.DEFAULT_MAX_WAL);

    @TempDir private Path folder;

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whatIsWrittenAfterwardsComesBackThroughTheFence(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target =
                    migrated(
                            databases, ReverseShop.SOURCE, ReverseShop.TARGET, ReverseShop.MAPPING);
            TestDatabase old = databases.rawSource();
            old.execute("UPDATE old_users SET email = 'before@example.org' WHERE id = 1500");
            assertThat(confiture().cutover(target, KEEP_IN_STEP).ready()).isTrue();

            assertThatThrownBy(() -> old.execute("DELETE FROM old_orders"))
                    .hasMessageContaining("confiture");
            databases.onTarget("UPDATE users SET email = 'after@example.org' WHERE id = 1501");
            assertThat(ReverseHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(old.value("SELECT email || fax FROM old_users WHERE id = 1500"))
                    .isEqualTo("before@example.orgfax 1500");
            assertThat(old.value("SELECT email || fax FROM old_users WHERE id = 1501"))
                    .isEqualTo("after@example.orgfax 1501");
            try (Application application =
                    Application.on(databases.rawTarget(), ReverseShop.WRITERS)) {
                application.awaitEachOneMore();
                assertThat(ReverseHops.run(folder, target, 4).differences()).isEmpty();
                assertThat(application.failures()).isEmpty();
            }
            assertThat(ReverseHops.run(folder, target, 1).differences()).isEmpty();

            confiture().cleanup(target, false);
            leavesNothing(old);
            leavesNothing(databases.rawTarget());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void anImpossibleWayBackIsRefusedWithWhatToAdd(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target =
                    migrated(
                            databases,
                            "CREATE TABLE users (id int PRIMARY KEY, fax text NOT NULL)",
                            "CREATE TABLE users (id int PRIMARY KEY)",
                            "users: {ignore: [fax]}");
            assertThatThrownBy(() -> confiture().cutover(target, KEEP_IN_STEP))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                                assertThat(failure.getMessage())
                                        .contains("users needs a value for fax");
                                assertThat(failure.hint())
                                        .contains("reverse: {fax: SQL", "--no-rollback");
                            });
            databases.onSource("INSERT INTO users VALUES (1, 'the application goes on')");
            confiture().cleanup(target, true);
            leavesNothing(databases.rawSource());
            leavesNothing(databases.rawTarget());
        }
    }

    private String migrated(TwoDatabases databases, String source, String target, String mapping)
            throws Exception {
        databases.onSource(source).onTarget(target);
        String dsn = databases.rawTarget().dsn();
        Path file = Files.writeString(folder.resolve("mapping.yaml"), mapping);
        confiture().setup(databases.rawSource().dsn(), dsn, new SetupOptions(false, false));
        confiture().migrate(dsn, file, new MigrateOptions("auto", 1, false, false));
        return dsn;
    }

    private static void leavesNothing(TestDatabase database) throws Exception {
        assertThat(
                        database.number(
                                """
                                SELECT (SELECT count(*) FROM pg_publication)
                                    + (SELECT count(*) FROM pg_replication_slots
                                       WHERE database = current_database())
                                    + (SELECT count(*) FROM pg_trigger
                                       WHERE tgname LIKE 'confiture%')
                                    + (SELECT count(*) FROM pg_namespace
                                       WHERE nspname = 'confiture')
                                """))
                .isZero();
    }
}
