package dev.confiture.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChangesOfSideTest {
    private final ChangesOfSide changes = new ChangesOfSide(0);

    @Test
    void aPauseIsFromTheLastCommitHereToTheFirstThere() {
        changes.committed(0, 10, 20);
        changes.committed(0, 15, 30);
        changes.committed(1, 50, 70);
        changes.committed(1, 75, 80);
        changes.committed(0, 90, 95);
        assertThat(changes.pauses()).containsExactly(Duration.ofNanos(40), Duration.ofNanos(15));
    }

    @Test
    void aCommitThatIsToldOfLateIsNoChange() {
        changes.committed(0, 10, 20);
        changes.committed(1, 25, 30);
        // Its writer was held up before it came to tell of it.
        changes.committed(0, 12, 500);
        changes.committed(1, 35, 40);
        assertThat(changes.pauses()).containsExactly(Duration.ofNanos(10));
    }
}
