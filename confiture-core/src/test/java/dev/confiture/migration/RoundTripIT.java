package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.live.SwitchingWriters.Kind;
import dev.confiture.live.SwitchingWriters.Side;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application goes to the new side and comes back, again and again. */
class RoundTripIT {
    /** More of them by {@code -Dconfiture.test.roundTrips=N}, so many on each version. */
    private static final int ROUND_TRIPS = Integer.getInteger("confiture.test.roundTrips", 2);

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void noCommitIsLostOrDoubledHoweverOftenItIsMade(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            RoundTrip trip = RoundTrip.migrated(folder, databases, List.of(Kind.values()));
            for (int trips = 0; trips < ROUND_TRIPS; trips++) {
                CutoverReport there =
                        trip.turn(
                                Side.OLD,
                                _ -> trip.confiture().cutover(trip.target(), RoundTrip.CUTOVER));
                assertThat(there.kind()).isEqualTo("done");
                CutoverReport back =
                        trip.turn(
                                Side.NEW,
                                _ -> trip.confiture().rollback(trip.target(), RoundTrip.ROLLBACK));
                assertThat(back.kind()).isEqualTo("done");
                assertThat(back.writesGoTo()).contains(databases.rawSource().name());
                assertThat(trip.confiture().status(trip.target()).phase()).isEqualTo("following");
                assertThat(trip.confiture().verify(trip.target(), List.of()).agrees()).isTrue();
            }
            System.err.printf(
                    "%s: pauses of %d turns as writers saw them, in ms: %s%n",
                    version,
                    trip.pauses().size(),
                    trip.pauses().stream().map(Duration::toMillis).toList());
            trip.cleanUp();
        }
    }
}
