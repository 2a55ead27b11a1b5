package dev.confiture.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkSizeTest {
    private static final long MB = 1L << 20;
    private static final long TB = 1L << 40;

    @Test
    void isLargeWithoutALimit() {
        assertThat(ChunkSize.at(0).of(MB)).isEqualTo(64 * MB);
        assertThat(ChunkSize.at(0).of(100 * TB)).isEqualTo(64 * MB);
    }

    @Test
    void isWhatMovesInAnEighthOfASecond() {
        assertThat(ChunkSize.at(80 * MB).of(10_000 * MB)).isEqualTo(10 * MB);
    }

    @Test
    void isNeverSoSmallThatItsCommitIsMost() {
        assertThat(ChunkSize.at(1000).of(10_000 * MB)).isEqualTo(MB);
    }

    @Test
    void isNoLargerBecauseOfAHighLimit() {
        assertThat(ChunkSize.at(10_000 * MB).of(TB)).isEqualTo(64 * MB);
    }

    @Test
    void aLargeTableIsNotCutIntoMoreThanTheLedgerShouldHold() {
        long size = ChunkSize.at(8 * MB).of(TB);

        assertThat(TB / size).isBetween(99_000L, 100_001L);
        assertThat(ChunkSize.at(8 * MB).of(100 * TB)).isEqualTo(64 * MB);
    }
}
