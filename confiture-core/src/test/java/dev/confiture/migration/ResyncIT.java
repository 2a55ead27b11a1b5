package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Ledger;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was copied is given up together with the capture, and nothing of either stays behind. */
class ResyncIT {
    private static final MigrateOptions PLAIN = new MigrateOptions("auto", 1, false, false);
    private static final MigrateOptions RESYNC =
            new MigrateOptions("auto", 1, false, false, true, Confiture.DEFAULT_MAX_WAL);

    /** As a first hop that was killed leaves them behind, one of them of another mapping. */
    private static final String LEFT_BEHIND =
            "CREATE INDEX confiture_key_0 ON users (id);"
                    + " CREATE INDEX confiture_key_7 ON users (id)";

    private static final String INDEXES =
            "SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes"
                    + " WHERE tablename = 'users'";

    @TempDir private Path folder;

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    private Path mapping() {
        return folder.resolve("mapping.yaml");
    }

    private String migrated(TwoDatabases databases) throws Exception {
        databases
                .onBoth("CREATE TABLE users (id integer PRIMARY KEY, name text)")
                .onSource("INSERT INTO users VALUES (1, 'one')");
        String target = databases.rawTarget().dsn();
        Files.writeString(mapping(), "users: {}\n");
        confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        confiture().migrate(target, mapping(), PLAIN);
        return target;
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aCaptureNeverBeginsBehindRowsThatAreCopied(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            databases.onTarget(
                    "DELETE FROM confiture.captured_table; DELETE FROM confiture.capture");
            databases.onSource("UPDATE users SET name = 'nobody saw this'");
            assertThatThrownBy(() -> confiture().migrate(target, mapping(), PLAIN))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_PHASE);
                                assertThat(failure.hint()).contains("migrate --resync");
                            });

            confiture().migrate(target, mapping(), RESYNC);
            assertThat(databases.rawTarget().value("SELECT name FROM users"))
                    .isEqualTo("nobody saw this");
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void oneThatEndsBeforeTheNewCaptureLeavesNothingThatCleanupDoesNotFind(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            giveUp(target);
            assertThat(databases.rawTarget().count("users")).isZero();
            assertThat(databases.rawSource().number("SELECT count(*) FROM pg_publication")).isOne();

            assertThat(confiture().cleanup(target, true).removed())
                    .anyMatch(object -> object.startsWith("publication confiture_"));
            assertThat(databases.rawSource().number("SELECT count(*) FROM pg_publication"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void oneThatEndsBeforeTheNewCaptureIsTakenUp(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            giveUp(target);
            databases.onSource("UPDATE users SET name = 'another'");
            confiture().status(target);

            confiture().migrate(target, mapping(), PLAIN);
            databases.onSource("INSERT INTO users VALUES (2, 'two')");
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(databases.rawTarget().value("SELECT string_agg(name, ' ') FROM users"))
                    .isEqualTo("another two");
            confiture().cleanup(target, true);
        }
    }

    /** What {@code --resync} does before anything is copied. */
    private void giveUp(String target) {
        try (Attachment attachment =
                Attachment.to(new EnvironmentLoader(folder, folder, Map.of()), target, "test")) {
            Resync.run(
                    attachment,
                    attachment.catalogs().target(),
                    Ledger.takeOver(attachment.control()),
                    new StopSignal());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void noIndexOfAnInterruptedFirstHopOutlivesIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            databases.onTarget(LEFT_BEHIND);
            confiture().migrate(target, mapping(), RESYNC);
            assertThat(databases.rawTarget().value(INDEXES)).isEqualTo("users_pkey");

            databases.onTarget(LEFT_BEHIND);
            assertThat(confiture().cleanup(target, true).removed())
                    .contains(
                            "index confiture_key_0 on the target",
                            "index confiture_key_7 on the target");
            assertThat(databases.rawTarget().value(INDEXES)).isEqualTo("users_pkey");
        }
    }
}
