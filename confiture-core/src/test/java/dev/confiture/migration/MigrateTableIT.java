package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrateTableIT {
    private static final String SCHEMA =
            """
            CREATE TABLE users (id integer PRIMARY KEY, name text);
            CREATE TABLE orders (id integer PRIMARY KEY, user_id integer REFERENCES users);
            """;
    private static final String ROWS =
            "INSERT INTO users VALUES (1, 'Ada'); INSERT INTO orders VALUES (10, 1), (11, NULL)";
    private static final String VALIDATED =
            "SELECT convalidated FROM pg_constraint WHERE conname = 'orders_user_id_fkey'";
    private static final MigrateOptions AUTO = new MigrateOptions("auto", 2, false, false);

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aForeignKeyWaitsForTheTableThatItRefersTo(PostgresVersion version) throws SQLException {
        try (TwoDatabases both = TwoDatabases.on(version).onBoth(SCHEMA).onSource(ROWS)) {
            Confiture confiture = setUp(both);
            String target = both.rawTarget().dsn();

            MigrateReport orders = confiture.migrateTable(target, "orders", "orders", "", AUTO);
            assertThat(orders.remarks()).anyMatch(remark -> remark.contains("NOT VALID"));
            assertThat(both.rawTarget().value(VALIDATED)).isEqualTo("f");

            MigrateReport users = confiture.migrateTable(target, "users", "users", "", AUTO);
            assertThat(users.remarks()).noneMatch(remark -> remark.contains("NOT VALID"));
            assertThat(both.rawTarget().value(VALIDATED)).isEqualTo("t");

            assertThat(confiture.migrate(target, null, AUTO).alreadyComplete()).isTrue();
            assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void rowsThatConfitureDidNotWriteAreRefusedAndDeletedOnRequest(PostgresVersion version)
            throws SQLException {
        try (TwoDatabases both =
                TwoDatabases.on(version)
                        .onBoth(SCHEMA)
                        .onSource(ROWS)
                        .onTarget("INSERT INTO users VALUES (7, 'foreign')")) {
            Confiture confiture = setUp(both);
            String target = both.rawTarget().dsn();

            ConfitureException refused =
                    catchThrowableOfType(
                            ConfitureException.class, () -> confiture.migrate(target, null, AUTO));
            assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY);
            assertThat(refused.getMessage()).contains("users").doesNotContain("orders");
            assertThat(refused.hint()).contains("--truncate-target");
            assertThat(both.rawTarget().count("users")).isEqualTo(1);

            confiture.migrate(target, null, new MigrateOptions("auto", 2, false, true));
            assertThat(both.rawTarget().rows("SELECT * FROM users"))
                    .isEqualTo(both.rawSource().rows("SELECT * FROM users"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRewrittenSourceTableIsNoticedOnResume(PostgresVersion version) throws SQLException {
        try (TwoDatabases both = TwoDatabases.on(version).onBoth(SCHEMA).onSource(ROWS)) {
            Confiture confiture = setUp(both);
            String target = both.rawTarget().dsn();
            StopSignal stop = new StopSignal();
            Confiture stopping = open(event -> stop.request(), stop);
            var _ =
                    catchThrowableOfType(
                            ConfitureException.class, () -> stopping.migrate(target, null, AUTO));
            both.rawTarget().execute("UPDATE confiture.entry SET storage = 'elsewhere'");
            both.rawTarget()
                    .execute(
                            "UPDATE confiture.migration SET phase = 'COPYING';"
                                    + " INSERT INTO confiture.chunk (entry, number, relation,"
                                    + " bytes_estimated, done_at, rows) SELECT entry, 99, '', 0,"
                                    + " now(), 0 FROM confiture.entry");

            ConfitureException refused =
                    catchThrowableOfType(
                            ConfitureException.class, () -> confiture.migrate(target, null, AUTO));
            assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
        }
    }

    private static Confiture setUp(TwoDatabases both) {
        Confiture confiture = open(ProgressListener.SILENT, new StopSignal());
        confiture.setup(
                both.rawSource().dsn(), both.rawTarget().dsn(), new SetupOptions(true, false));
        return confiture;
    }

    private static Confiture open(ProgressListener listener, StopSignal stop) {
        return Confiture.open(
                new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                listener,
                stop);
    }
}
