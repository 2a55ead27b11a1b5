package dev.confiture.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ms", "0.0004, 0 ms", "0.05, 50 ms", "0.0996, 0.1 s", "0.34, 0.3 s", "9.94, 9.9 s",
        "9.96, 10 s", "59.4, 59 s", "59.6, 1 m", "200, 3 m 20 s", "3599.6, 1 h", "7500, 2 h 5 m",
        "172740, 47 h 59 m", "190000, 2 d 5 h", "-1, 0 ms"
    })
    void durationsHaveTwoUnitsAtMost(double seconds, String text) {
        assertThat(Figures.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "12345, 12 kB",
        "1200000000, 1.2 GB",
        "999999, 1.0 MB",
        "9223372036854775807, 9.2 EB"
    })
    void bytesAreInPowersOf1000(long bytes, String text) {
        assertThat(Figures.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void countsHaveSeparatorsAndPlurals() {
        assertThat(Figures.count(1_234_567, "row")).isEqualTo("1,234,567 rows");
        assertThat(Figures.count(1, "row")).isEqualTo("1 row");
        assertThat(Figures.rowsPerSecond(1_000_000, 4)).isEqualTo("250,000 rows/s");
        assertThat(Figures.rowsPerSecond(5, 0)).isEmpty();
    }
}
