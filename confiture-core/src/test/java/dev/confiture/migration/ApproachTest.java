package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApproachTest {
    private static final Duration NEAR = Duration.ofMillis(500);

    private long now = 7;
    private final Approach approach = new Approach(NEAR, () -> now);

    private boolean arrivedWith(long lagMilliseconds) {
        return approach.arrivedWith(new HopReport(1, 1, Duration.ofMillis(lagMilliseconds)));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void shortHopsAreMadeUntilEveryPathIsWarm() {
        for (int hop = 1; hop < Approach.FEWEST_HOPS; hop++) {
            assertThat(arrivedWith(1)).isFalse();
        }
        assertThat(arrivedWith(500)).isTrue();
    }

    @Test
    void aLongBacklogIsWorkedOffHoweverLongItTakes() {
        for (int lag = 100_000; lag > 501; lag -= 100) {
            assertThat(arrivedWith(lag)).isFalse();
            pass(Approach.PATIENCE);
        }
        assertThat(arrivedWith(400)).isTrue();
    }

    @Test
    void whenItComesNoNearerItIsGivenUp() {
        assertThat(arrivedWith(800)).isFalse();
        pass(Approach.PATIENCE);
        assertThat(arrivedWith(900)).isFalse();
        pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> arrivedWith(800))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                            assertThat(failure)
                                    .hasMessageContaining(
                                            "for 60 s it has not come nearer than 800 ms, and it"
                                                    + " takes 500 ms; nothing was changed");
                            assertThat(failure.hint()).contains("--max-pause");
                        });
    }
}
