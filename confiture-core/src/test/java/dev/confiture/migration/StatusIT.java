package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.cutover.Knocks;
import dev.confiture.migration.StatusReport.LeftSide;
import dev.confiture.migration.StatusReport.Switchover;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TcpProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a switchover and of the side that was left. */
class StatusIT {
    @TempDir private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()),
                event -> {
                    if (event instanceof ProgressEvent.Warning warning) {
                        warnings.add(warning.text());
                    }
                },
                new StopSignal());
    }

    private CutoverReport cutover(String target, int maxPauseMilliseconds, boolean rehearse) {
        return confiture()
                .cutover(
                        target,
                        new CutoverOptions(
                                Duration.ofMillis(maxPauseMilliseconds),
                                false,
                                rehearse,
                                true,
                                Confiture.DEFAULT_MAX_WAL));
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whoStillComesIsCountedAlsoWithoutTheSource(PostgresVersion version) throws Exception {
        try (TcpProxy network = TcpProxy.inFrontOf(PostgresServer.shared(version));
                TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases, network);
            assertThat(confiture().status(target).switchover()).isNull();
            assertThat(confiture().status(target).left()).isNull();

            cutover(target, 5000, true);
            Switchover rehearsed = confiture().status(target).switchover();
            assertThat(rehearsed).isNotNull();
            assertThat(rehearsed.state()).isEqualTo("undone");
            assertThat(confiture().status(target).left()).isNull();

            CutoverReport done = cutover(target, 5000, false);
            StatusReport status = confiture().status(target);
            assertThat(status.switchover())
                    .isEqualTo(
                            new Switchover(
                                    "cutover",
                                    "done",
                                    began(status),
                                    decided(status),
                                    false,
                                    done.steps().stream()
                                            .filter(step -> step.name().startsWith("pause: "))
                                            .mapToDouble(step -> step.milliseconds())
                                            .sum(),
                                    done.steps()));
            assertThat(decided(status)).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z");
            assertThat(left(status)).isEqualTo(new Knocks(0, null, List.of()));

            try (Connection late = databases.rawSource().connect();
                    Statement statement = late.createStatement()) {
                statement.execute("SET application_name = 'late one'");
                for (String write : List.of("DELETE FROM users", "TRUNCATE users")) {
                    assertThatThrownBy(() -> statement.execute(write))
                            .hasMessageContaining("takes no more writes");
                }
                Knocks knocks = left(confiture().status(target));
                assertThat(knocks.refused()).isEqualTo(2);
                assertThat(knocks.lastAt()).isGreaterThanOrEqualTo(decided(status));
                assertThat(knocks.visitors())
                        .containsExactly(new Knocks.Visitor("postgres", "late one", 1));
            }

            network.refuse();
            StatusReport alone = confiture().status(target);
            assertThat(alone.switchover()).isEqualTo(status.switchover());
            assertThat(alone.left()).isNull();
            assertThat(warnings).anyMatch(text -> text.contains("could not connect"));
            network.accept();
            confiture().cleanup(target, true);
        }
    }

    private static String began(StatusReport status) {
        assertThat(status.switchover()).isNotNull();
        return status.switchover().began();
    }

    private static String decided(StatusReport status) {
        assertThat(status.switchover()).isNotNull();
        assertThat(status.switchover().decided()).isNotNull();
        return status.switchover().decided();
    }

    private static Knocks left(StatusReport status) {
        LeftSide left = status.left();
        assertThat(left).isNotNull();
        assertThat(left.side()).isEqualTo("source");
        return left.knocks();
    }

    private String migrated(TwoDatabases databases, TcpProxy network) throws Exception {
        databases.onBoth("CREATE TABLE users (id integer PRIMARY KEY)");
        databases.onSource("INSERT INTO users VALUES (1)");
        String target = databases.rawTarget().dsn();
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "users: {}");
        confiture()
                .setup(network.dsn(databases.rawSource()), target, new SetupOptions(false, false));
        confiture().migrate(target, mapping, new MigrateOptions("auto", 1, false, false));
        return target;
    }
}
