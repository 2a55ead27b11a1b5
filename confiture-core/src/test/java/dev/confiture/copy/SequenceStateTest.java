package dev.confiture.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceStateTest {
    private static final SequenceState UP = new SequenceState(5, true, 1, 100, 1);
    private static final SequenceState DOWN = new SequenceState(-5, true, -100, -1, -1);

    @Test
    void furtherMeansGreaterForAnAscendingSequence() {
        assertThat(UP.furthest(UP.at(6, false))).isEqualTo(UP.at(6, false));
        assertThat(UP.furthest(UP.at(4, true))).isEqualTo(UP);
    }

    @Test
    void furtherMeansLessForADescendingSequence() {
        assertThat(DOWN.furthest(DOWN.at(-6, true))).isEqualTo(DOWN.at(-6, true));
        assertThat(DOWN.furthest(DOWN.at(-4, true))).isEqualTo(DOWN);
    }

    @Test
    void aUsedValueIsFurtherThanTheSameValueUnused() {
        assertThat(UP.at(5, false).furthest(UP)).isEqualTo(UP);
        assertThat(UP.furthest(UP.at(5, false))).isEqualTo(UP);
    }

    @Test
    void theLastValueHasNoNext() {
        assertThat(UP.at(99, true).hasNext()).isTrue();
        assertThat(UP.at(100, true).hasNext()).isFalse();
        assertThat(UP.at(101, true).hasNext()).isFalse();
        assertThat(DOWN.at(-99, true).hasNext()).isTrue();
        assertThat(DOWN.at(-100, true).hasNext()).isFalse();
    }

    @Test
    void theWholeRangeOfBigintIsCountedWithoutOverflow() {
        SequenceState wide =
                new SequenceState(Long.MIN_VALUE, true, Long.MIN_VALUE, Long.MAX_VALUE, 1);
        assertThat(wide.hasNext()).isTrue();
        assertThat(wide.at(Long.MAX_VALUE, true).hasNext()).isFalse();
        SequenceState leaps =
                new SequenceState(
                        Long.MAX_VALUE, true, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);
        assertThat(leaps.hasNext()).isTrue();
        assertThat(leaps.at(-1, true).hasNext()).isFalse();
    }
}
