package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CopyLimits;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.live.Application;
import dev.confiture.live.LiveShop;
import dev.confiture.live.Sleepers;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More rows change while the copy pauses than one snapshot should have to last for. */
class PortionHopsIT {
    /** More than the application has alone. */
    private static final int SESSIONS = LiveShop.WRITERS.size() + 2;

    private static final String CHANGES =
            """
            UPDATE old_orders SET note = 'changed'
            WHERE id IN (SELECT id FROM old_orders ORDER BY id FOR UPDATE SKIP LOCKED);
            UPDATE old_users SET bio = 'changed'
            WHERE id IN (SELECT id FROM old_users ORDER BY id FOR UPDATE SKIP LOCKED)
            """;

    private final List<ProgressEvent> events = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void workOffWhatChangedDuringTheCopyWhileTheApplicationWrites(
            PostgresVersion version, @TempDir Path folder) throws Exception {
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), LiveShop.MAPPING);
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onSource(LiveShop.SOURCE).onTarget(LiveShop.TARGET);
            String target = databases.rawTarget().dsn();
            Confiture confiture =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()), events::add, new StopSignal());
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            try (Application application =
                    Application.on(databases.rawSource(), LiveShop.WRITERS)) {
                Sleepers sleepers = Sleepers.on(databases.rawSource(), SESSIONS + 1);
                CompletableFuture<Void> migration =
                        CompletableFuture.runAsync(
                                () -> confiture.migrate(target, mapping, options()));
                awaitEvent("the copy pauses", migration);
                databases.onSource(CHANGES);
                sleepers.end();
                migration.get(2, TimeUnit.MINUTES);

                assertThat(events).anyMatch(event -> String.valueOf(event).contains("in portions"));
                assertThat(LiveHops.run(folder, target, 3).differences()).isEmpty();
                assertThat(application.failures()).isEmpty();
            }
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
            confiture.cleanup(target, true);
        }
    }

    private static MigrateOptions options() {
        return new MigrateOptions(
                "auto",
                2,
                false,
                false,
                false,
                Confiture.DEFAULT_MAX_WAL,
                new CopyLimits(0, Duration.ZERO, SESSIONS));
    }

    private void awaitEvent(String text, CompletableFuture<Void> migration) {
        await(
                () -> events.stream().anyMatch(event -> String.valueOf(event).contains(text)),
                migration);
    }

    private static void await(Callable<Boolean> condition, CompletableFuture<Void> migration) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            migration.getNow(null);
                            return condition.call();
                        });
    }
}
