package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.RollbackOptions;
import dev.confiture.TwoDatabases;
import dev.confiture.kill.KilledChild;
import dev.confiture.live.SwitchingWriters;
import dev.confiture.live.SwitchingWriters.Kind;
import dev.confiture.live.SwitchingWriters.Side;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL at the end of each step of a rollback: the next command undoes it, or completes it. */
class RollbackKillIT {
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

    /** Each is killed in the build, by turns on one of the versions. */
    private static final List<String> IN_THE_BUILD =
            List.of("prepare", "pause: raise the fence", "pause: decide", "switch");

    /** Every step on both versions if asked for. */
    static Stream<Arguments> kills() {
        if (Boolean.getBoolean("confiture.test.everyKill")) {
            List<String> steps = new ArrayList<>(UNDONE);
            steps.addAll(COMPLETED);
            return TwoDatabases.versions()
                    .flatMap(version -> steps.stream().map(step -> Arguments.of(version, step)));
        }
        return IN_THE_BUILD.stream()
                .map(
                        step ->
                                Arguments.of(
                                        IN_THE_BUILD.indexOf(step) % 2 == 0
                                                ? PostgresVersion.OLDEST
                                                : PostgresVersion.NEWEST,
                                        step));
    }

    @TempDir private Path folder;

    @ParameterizedTest(name = "PostgreSQL {0}, {1}")
    @MethodSource("kills")
    void theNextCommandEndsIt(PostgresVersion version, String step) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip =
                    RoundTrip.migrated(
                            folder, databases, List.of(Kind.PLAIN, Kind.PARTITION, Kind.TRUNCATE));
            Confiture confiture = trip.confiture();
            trip.turn(Side.OLD, _ -> confiture.cutover(trip.target(), RoundTrip.CUTOVER));
            trip.turn(Side.NEW, writers -> killedAndEnded(trip, writers, step));
            assertThat(confiture.status(trip.target()).phase()).isEqualTo("following");
            trip.turn(Side.OLD, _ -> confiture.cutover(trip.target(), RoundTrip.CUTOVER));
            trip.cleanUp();
        }
    }

    private static CutoverReport killedAndEnded(
            RoundTrip trip, SwitchingWriters writers, String step) throws Exception {
        KilledChild.kill(KilledSwitchover.class, trip.target(), step, "BACK", "KEEP_IN_STEP");
        if (UNDONE.contains(step)) {
            RollbackOptions look =
                    new RollbackOptions(
                            Duration.ofSeconds(5), true, false, Confiture.DEFAULT_MAX_WAL);
            assertThat(trip.confiture().rollback(trip.target(), look).ready()).isTrue();
            writers.awaitAllOn(Side.NEW);
            trip.mustHoldWhatIsOurs(Side.NEW);
            assertThat(writers.acknowledged(Kind.PLAIN, Side.OLD)).isEmpty();
        }
        CutoverReport report = trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK);
        assertThat(report.kind()).isEqualTo("done");
        return report;
    }
}
