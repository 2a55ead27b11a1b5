package dev.confiture.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong now = new AtomicLong(17);
    private final List<Duration> pauses = new ArrayList<>();
    private final RateLimit limit = new RateLimit(1000, pauses::add, now::get);

    @Test
    void bytesTakeTheirTime() {
        assertThat(limit.owed(500)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void workersWaitBehindEachOther() {
        assertThat(limit.owed(500)).isEqualTo(Duration.ofMillis(500));
        assertThat(limit.owed(250)).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void timeInWhichNothingWasMovedIsNotSavedUp() {
        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(limit.owed(2000)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void timeThatHasPassedCounts() {
        assertThat(limit.owed(1000)).isEqualTo(Duration.ofSeconds(1));
        now.addAndGet(Duration.ofMillis(600).toNanos());
        assertThat(limit.owed(1000)).isEqualTo(Duration.ofMillis(1400));
    }

    @Test
    void noLimitCostsNothing() {
        assertThat(new RateLimit(0, pauses::add, now::get).owed(1L << 50)).isZero();
    }

    @Test
    void aChunkIsNotHeldBackWhileItOwesLittle() {
        limit.moved(600);
        limit.moved(400);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aChunkThatOwesMoreIsHeldBackForTheRest() {
        limit.moved(1000);
        limit.moved(250);
        assertThat(pauses).containsExactly(Duration.ofMillis(250));
    }

    @Test
    void allThatIsOwedIsWaitedForBetweenChunks() {
        limit.moved(600);
        limit.settle();
        assertThat(pauses).containsExactly(Duration.ofMillis(600));
        now.addAndGet(Duration.ofMillis(600).toNanos());
        limit.settle();
        assertThat(pauses).hasSize(1);
    }

    @Test
    void aStopEndsTheWait() {
        StopSignal stop = new StopSignal();
        stop.request();
        RateLimit slow = new RateLimit(1, stop);
        slow.moved(1L << 40); // Would take a month.
        assertThat(slow.owed(0)).isPositive();
    }
}
