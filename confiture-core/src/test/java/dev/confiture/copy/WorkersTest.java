package dev.confiture.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void eachDoesTheWork() {
        AtomicInteger done = new AtomicInteger();
        Workers.run(3, done::incrementAndGet);
        assertThat(done).hasValue(3);
    }

    @Test
    void oneFailureThatStopsThemAllIsThrownAsItIs() {
        IllegalStateException lost = new IllegalStateException("the connection broke");
        assertThatThrownBy(
                        () ->
                                Workers.run(
                                        2,
                                        () -> {
                                            throw lost;
                                        }))
                .isSameAs(lost)
                .hasNoSuppressedExceptions();
    }

    @Test
    void otherFailuresComeAlong() {
        AtomicInteger number = new AtomicInteger();
        assertThatThrownBy(
                        () ->
                                Workers.run(
                                        2,
                                        () -> {
                                            throw new IllegalStateException(
                                                    "failure " + number.incrementAndGet());
                                        }))
                .satisfies(first -> assertThat(first.getSuppressed()).hasSize(1));
    }
}
