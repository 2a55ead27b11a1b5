package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.live.Application;
import dev.confiture.live.LiveShop;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At every hop the target is exactly what the mapping makes of the source at one moment. */
class LiveExactnessIT {
    private static final int LOOKS = Integer.getInteger("confiture.test.looks", 100);

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void everyHopEndsAtASnapshotOfTheSource(PostgresVersion version, @TempDir Path folder)
            throws Exception {
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), LiveShop.MAPPING);
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onSource(LiveShop.SOURCE).onTarget(LiveShop.TARGET);
            String source = databases.rawSource().dsn();
            String target = databases.rawTarget().dsn();
            Settings settings = new Settings(folder, folder, Map.of());
            Confiture confiture =
                    Confiture.open(settings, ProgressListener.SILENT, new StopSignal());
            confiture.setup(source, target, new SetupOptions(false, false));
            try (Application application =
                    Application.on(databases.rawSource(), LiveShop.WRITERS)) {
                confiture.migrate(target, mapping, new MigrateOptions("auto", 2, false, false));
                EqualAtBoundary oracle = LiveHops.run(folder, target, LOOKS);
                assertThat(application.failures()).isEmpty();
                assertThat(oracle.looks()).isEqualTo(LOOKS);
                assertThat(oracle.differences()).isEmpty();
            }
        }
    }
}
