package dev.confiture.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured, by discipline and contender, in the order in which they first came. */
public final class Results {
    private final Map<Discipline, Map<String, List<Measured>>> byDiscipline = new LinkedHashMap<>();
    private final PrintStream progress;

    /**
     * @param progress hears each value as it comes
     */
    Results(PrintStream progress) {
        this.progress = progress;
    }

    public void add(Discipline discipline, String contender, Measured run) {
        List<Measured> runs =
                byDiscipline
                        .computeIfAbsent(discipline, _ -> new LinkedHashMap<>())
                        .computeIfAbsent(contender, _ -> new ArrayList<>());
        runs.add(run);
        progress.printf(
                "  round %d  %10.2f %s  %s%n",
                runs.size(), run.value(), discipline.unit(), contender);
    }

    /** A run that came to nothing: the others go on, and the table has a round less. */
    public void addFailure(Discipline discipline, String contender, Exception failure) {
        progress.printf("  failed: %s in %s%n%s%n", contender, discipline.title(), failure);
    }

    List<Discipline> disciplines() {
        return List.copyOf(byDiscipline.keySet());
    }

    List<String> contenders(Discipline discipline) {
        return List.copyOf(runsOf(discipline).keySet());
    }

    int rounds(Discipline discipline, String contender) {
        return runs(discipline, contender).size();
    }

    /** The median of the values; of an even number of runs the mean of the middle two. */
    double median(Discipline discipline, String contender) {
        double[] sorted =
                runs(discipline, contender).stream()
                        .mapToDouble(Measured::value)
                        .sorted()
                        .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The largest of all rounds. */
    long peakBytes(Discipline discipline, String contender) {
        return runs(discipline, contender).stream().mapToLong(Measured::peakBytes).max().orElse(0);
    }

    /**
     * Its median by that of the first contender whose name begins so; empty if it was not there.
     */
    OptionalDouble ratio(Discipline discipline, String contender, String reference) {
        return contenders(discipline).stream()
                .filter(name -> name.startsWith(reference))
                .mapToDouble(name -> median(discipline, contender) / median(discipline, name))
                .findFirst();
    }

    private List<Measured> runs(Discipline discipline, String contender) {
        return runsOf(discipline).getOrDefault(contender, List.of());
    }

    private Map<String, List<Measured>> runsOf(Discipline discipline) {
        return byDiscipline.getOrDefault(discipline, Map.of());
    }
}
