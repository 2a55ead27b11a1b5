package dev.confiture.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that stays while a live source is copied in parts would refuse rows that come twice. */
class StayingKeysIT {
    private static final String TABLES =
            "CREATE TABLE large (id int PRIMARY KEY, name text);"
                    + " CREATE TABLE small (id int PRIMARY KEY, name text)";

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theViewThatNeedsItIsNamed(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases
                    .onSource(
                            TABLES
                                    + "; INSERT INTO large SELECT n, repeat('x', 100)"
                                    + " FROM generate_series(1, 300000) n;"
                                    + " INSERT INTO small VALUES (1, 'a'), (2, 'b')")
                    .onTarget(
                            TABLES
                                    + "; CREATE VIEW of_large AS SELECT id, name FROM large"
                                    + " GROUP BY id;"
                                    + " CREATE VIEW of_small AS SELECT id, name FROM small"
                                    + " GROUP BY id");
            String target = databases.rawTarget().dsn();
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "'*': {}\n");
            Confiture confiture =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()),
                            ProgressListener.SILENT,
                            new StopSignal());
            MigrateOptions options = new MigrateOptions("auto", 2, false, false);
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));

            assertThatThrownBy(() -> confiture.migrate(target, mapping, options))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUPPORTED);
                                assertThat(failure)
                                        .hasMessageContaining(
                                                "large_pkey of the target table public.large");
                                assertThat(failure.hint()).contains("DROP VIEW public.of_large;");
                            });

            databases.onTarget("DROP VIEW of_large");
            confiture.migrate(target, mapping, options);
            assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
        }
    }
}
