package dev.confiture.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured, by discipline and contender, in the order in which they first came. */
public final class Results {
    private final Map<String, Map<String, List<Measured>>> byDiscipline = new LinkedHashMap<>();

    public void add(String discipline, String contender, Measured run) {
        byDiscipline
                .computeIfAbsent(discipline, _ -> new LinkedHashMap<>())
                .computeIfAbsent(contender, _ -> new ArrayList<>())
                .add(run);
    }

    List<String> disciplines() {
        return List.copyOf(byDiscipline.keySet());
    }

    List<String> contenders(String discipline) {
        return List.copyOf(runsOf(discipline).keySet());
    }

    int rounds(String discipline, String contender) {
        return runs(discipline, contender).size();
    }

    /** The median of the seconds; of an even number of runs the mean of the middle two. */
    double medianSeconds(String discipline, String contender) {
        double[] sorted =
                runs(discipline, contender).stream()
                        .mapToDouble(Measured::seconds)
                        .sorted()
                        .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The largest of all rounds. */
    long peakBytes(String discipline, String contender) {
        return runs(discipline, contender).stream().mapToLong(Measured::peakBytes).max().orElse(0);
    }

    /**
     * Its median by that of the first contender whose name begins so; empty if it was not there.
     */
    OptionalDouble ratio(String discipline, String contender, String reference) {
        return contenders(discipline).stream()
                .filter(name -> name.startsWith(reference))
                .mapToDouble(name -> medianSeconds(discipline, name))
                .map(median -> medianSeconds(discipline, contender) / median)
                .findFirst();
    }

    private List<Measured> runs(String discipline, String contender) {
        return runsOf(discipline).getOrDefault(contender, List.of());
    }

    private Map<String, List<Measured>> runsOf(String discipline) {
        return byDiscipline.getOrDefault(discipline, Map.of());
    }
}
