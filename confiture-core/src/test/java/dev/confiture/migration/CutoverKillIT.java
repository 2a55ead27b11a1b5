package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.kill.KilledChild;
import dev.confiture.live.SwitchingWriters;
import dev.confiture.live.SwitchingWriters.Kind;
import dev.confiture.live.SwitchingWriters.Side;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL at the end of each step of a cutover: the next command undoes it, or completes it. */
class CutoverKillIT {
    private static final List<String> UNDONE =
            List.of(
                    "prepare",
                    "catch up",
                    "pause: lock the tables",
                    "pause: receive",
                    "pause: last hop",
                    "pause: sequences",
                    "pause: raise the fence");

    private static final List<String> COMPLETED = List.of("pause: decide", "switch");

    private static final String TRACES =
            """
            SELECT (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'confiture%')
                + (SELECT count(*) FROM pg_proc WHERE proname = 'deny_write')
            """;

    /** Every step on both versions if asked for; else each on one of them. */
    static Stream<Arguments> kills() {
        boolean all = Boolean.getBoolean("confiture.test.everyKill");
        List<String> steps = new ArrayList<>(UNDONE);
        steps.addAll(COMPLETED);
        return TwoDatabases.versions()
                .flatMap(
                        version ->
                                steps.stream()
                                        .filter(
                                                step ->
                                                        all
                                                                || steps.indexOf(step) % 2
                                                                        == 0
                                                                        == version.equals(
                                                                                PostgresVersion
                                                                                        .OLDEST))
                                        .map(step -> Arguments.of(version, step)));
    }

    @TempDir private Path folder;

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    @ParameterizedTest(name = "PostgreSQL {0}, {1}")
    @MethodSource("kills")
    void theNextCommandEndsIt(PostgresVersion version, String step) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            TestDatabase old = databases.rawSource();
            TestDatabase next = databases.rawTarget();
            databases.onSource(SwitchingWriters.OLD).onTarget(SwitchingWriters.NEW);
            SwitchingWriters.prepare(old, next);
            Path mapping =
                    Files.writeString(folder.resolve("mapping.yaml"), SwitchingWriters.MAPPING);
            confiture().setup(old.dsn(), next.dsn(), new SetupOptions(false, false));
            confiture().migrate(next.dsn(), mapping, new MigrateOptions("auto", 2, false, false));
            List<Kind> kinds = List.of(Kind.PLAIN, Kind.PARTITION, Kind.TRUNCATE);
            try (SwitchingWriters writers = SwitchingWriters.on(old, next, Side.OLD, 0, kinds)) {
                writers.awaitAllOn(Side.OLD);
                KilledChild.kill(KilledSwitchover.class, next.dsn(), step, "FORWARD", "LEAVE");

                if (UNDONE.contains(step)) {
                    assertThat(confiture().cutover(next.dsn(), options(true)).ready()).isTrue();
                    writers.awaitAllOn(Side.OLD);
                    assertThat(old.number(TRACES) + next.number(TRACES)).isZero();
                    assertThat(writers.acknowledged(Kind.PLAIN, Side.NEW)).isEmpty();
                }
                assertThat(confiture().cutover(next.dsn(), options(false)).kind())
                        .isEqualTo("done");
                writers.awaitAllOn(Side.NEW);
                assertThat(writers.failures()).isEmpty();
                writers.end();
                CommitLedger.mustHold(writers, old, next, kinds);
            }
            assertThat(confiture().status(next.dsn()).phase()).isEqualTo("cut over");
            confiture().cleanup(next.dsn(), false);
            assertThat(old.number(TRACES) + next.number(TRACES)).isZero();
        }
    }

    private static CutoverOptions options(boolean dryRun) {
        return new CutoverOptions(
                Duration.ofSeconds(5), dryRun, false, true, Confiture.DEFAULT_MAX_WAL);
    }
}
