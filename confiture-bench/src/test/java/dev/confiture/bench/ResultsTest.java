package dev.confiture.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();

    private void add(String contender, double... seconds) {
        for (double each : seconds) {
            results.add("race", contender, new Measured(each, (long) (each * 1_000_000)));
        }
    }

    @Test
    void medianIsTheMiddleOrTheMeanOfTheMiddleTwo() {
        add("odd", 9, 1, 2);
        add("even", 9, 1, 2, 4);

        assertThat(results.medianSeconds("race", "odd")).isEqualTo(2);
        assertThat(results.medianSeconds("race", "even")).isEqualTo(3);
    }

    @Test
    void tableHoldsRatiosToThoseThatTookPart() {
        add("limit", 2);
        add("slow one", 5, 3, 4);

        assertThat(new MarkdownTable(results, List.of("limit", "absent")).text())
                .contains("| slow one | 3 | 4.00 | 2.00 |  | 5 |\n")
                .contains("| limit | 1 | 2.00 | 1.00 |  | 2 |\n");
    }

    @Test
    void plotIsADrawingWithTheNames() {
        add("limit", 2);

        assertThat(Plot.of(results)).contains("<svg").contains("limit");
    }
}
