package dev.confiture.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Discipline RACE = new Discipline("race", "s", List.of("limit", "absent"));

    private final Results results = new Results(new PrintStream(OutputStream.nullOutputStream()));

    private void add(String contender, double... seconds) {
        for (double each : seconds) {
            results.add(RACE, contender, new Measured(each, (long) (each * 1_000_000)));
        }
    }

    @Test
    void medianIsTheMiddleOrTheMeanOfTheMiddleTwo() {
        add("odd", 9, 1, 2);
        add("even", 9, 1, 2, 4);

        assertThat(results.median(RACE, "odd")).isEqualTo(2);
        assertThat(results.median(RACE, "even")).isEqualTo(3);
    }

    @Test
    void tableHoldsTheUnitAndRatiosToThoseThatTookPart() {
        add("limit", 2);
        add("slow one", 5, 3, 4);

        assertThat(new MarkdownTable(results).text())
                .contains("| median, s | ÷ limit | ÷ absent |")
                .contains("| slow one | 3 | 4.00 | 2.00 |  | 5 |\n")
                .contains("| limit | 1 | 2.00 | 1.00 |  | 2 |\n");
    }

    @Test
    void plotHasAChartForEachDiscipline() {
        add("limit", 2);
        results.add(new Discipline("marathon", "hours", List.of()), "runner", new Measured(3, 0));

        assertThat(Plot.of(results))
                .contains("<svg")
                .contains("limit")
                .contains("marathon")
                .contains("median, hours");
    }
}
