package dev.confiture.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** After it was closed nothing is ended any more. */
class PauseLimitTest {
    @Test
    void closingWaitsUntilWhatIsBeingEndedHasEnded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean endedBeforeClosed = new AtomicBoolean();
        PauseLimit limit =
                PauseLimit.begin(
                        Duration.ZERO,
                        () -> {
                            begun.countDown();
                            await(goOn);
                            ended.set(true);
                        });
        begun.await();
        Thread closing =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    limit.close();
                                    endedBeforeClosed.set(ended.get());
                                });
        Awaitility.await()
                .until(
                        () ->
                                closing.getState() == Thread.State.BLOCKED
                                        || closing.getState() == Thread.State.TERMINATED);
        goOn.countDown();
        closing.join();
        assertThat(endedBeforeClosed).isTrue();
        assertThat(limit.isOver()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
