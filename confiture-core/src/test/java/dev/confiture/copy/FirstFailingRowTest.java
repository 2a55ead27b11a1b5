package dev.confiture.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FirstFailingRowTest {
    @Test
    void theFirstOfTheRowsThatFailIsFound() {
        for (long rows = 1; rows <= 40; rows++) {
            for (long bad = 1; bad <= rows; bad++) {
                assertThat(find(rows, new HashSet<>(List.of(bad, rows)))).isEqualTo(bad);
            }
        }
    }

    @Test
    void nothingIsFoundWhereNoRowFailsAlone() {
        assertThat(find(0, Set.of())).isZero();
        assertThat(find(1, Set.of())).isZero();
        assertThat(find(1000, Set.of())).isZero();
    }

    @Test
    void rowsAreTriedAboutTwiceInAll() {
        List<Long> tried = new ArrayList<>();
        FirstFailingRow.among(
                100_000,
                (after, upTo) -> {
                    tried.add(upTo - after);
                    return after < 99_999 && 99_999 <= upTo;
                });
        assertThat(tried).hasSizeLessThan(20);
        assertThat(tried.stream().mapToLong(Long::longValue).sum()).isLessThan(110_000);
    }

    private static long find(long rows, Set<Long> failing) {
        return FirstFailingRow.among(
                        rows,
                        (after, upTo) ->
                                LongStream.rangeClosed(after + 1, upTo).anyMatch(failing::contains))
                .orElse(0);
    }
}
