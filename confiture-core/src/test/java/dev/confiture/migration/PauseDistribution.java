package dev.confiture.migration;

import dev.confiture.sandbox.PostgresVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How long writers had to wait in many cutovers. Told, never asserted: it is the machine's. */
final class PauseDistribution {
    private final Map<PostgresVersion, List<Pause>> pauses = new TreeMap<>();

    private record Pause(double commitsPerSecond, CutoverReport report, double seenMilliseconds) {
        double reported() {
            Double milliseconds = report.pauseMilliseconds();
            return milliseconds == null ? Double.NaN : milliseconds;
        }

        double step(String name) {
            return report.steps().stream()
                    .filter(step -> step.name().equals(name))
                    .mapToDouble(step -> step.milliseconds())
                    .sum();
        }
    }

    /**
     * Adds a cutover.
     *
     * @param commitsPerSecond that were offered while it ran
     * @param seen the longest time that a writer needed for one commit
     */
    synchronized void add(
            PostgresVersion version, double commitsPerSecond, CutoverReport report, Duration seen) {
        pauses.computeIfAbsent(version, _ -> new ArrayList<>())
                .add(new Pause(commitsPerSecond, report, seen.toNanos() / 1e6));
    }

    synchronized void print() {
        pauses.forEach(
                (version, all) -> {
                    System.err.printf("%s: %d cutovers%n", version, all.size());
                    print("commits/s offered", all, Pause::commitsPerSecond);
                    print("pause reported, ms", all, Pause::reported);
                    print("pause seen by writers, ms", all, Pause::seenMilliseconds);
                    all.getFirst().report().steps().stream()
                            .filter(step -> step.inPause() || step.name().equals("switch"))
                            .forEach(
                                    step ->
                                            print(
                                                    step.name() + ", ms",
                                                    all,
                                                    pause -> pause.step(step.name())));
                });
    }

    private static void print(String what, List<Pause> all, ToDoubleFunction<Pause> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        System.err.printf(
                Locale.ROOT,
                "  %-28s min %.0f, median %.0f, 90 %% %.0f, max %.0f%n",
                what,
                sorted[0],
                at(sorted, 0.5),
                at(sorted, 0.9),
                Arrays.stream(sorted).max().orElseThrow());
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }
}
