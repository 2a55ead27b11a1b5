package dev.confiture.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadEndTest {
    @Test
    void anInterruptedThreadWaitsAllTheSameAndStaysInterrupted() {
        Thread waiting = Thread.currentThread();
        Thread busy =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    // The interrupt is taken by the wait, which goes on.
                                    while (waiting.isInterrupted()) {
                                        Thread.onSpinWait();
                                    }
                                });
        waiting.interrupt();
        busy.start();
        ThreadEnd.awaitUninterruptibly(busy);
        assertThat(busy.isAlive()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
