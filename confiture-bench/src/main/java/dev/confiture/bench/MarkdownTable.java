package dev.confiture.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** One table a discipline: medians, and ratios to what counts. */
final class MarkdownTable {
    private final Results results;
    private final List<String> references;

    /**
     * @param references beginnings of the names that the others are held against
     */
    MarkdownTable(Results results, List<String> references) {
        this.results = results;
        this.references = List.copyOf(references);
    }

    String text() {
        return results.disciplines().stream().map(this::table).collect(Collectors.joining("\n"));
    }

    private String table(String discipline) {
        String against =
                references.stream().map(name -> " ÷ " + name + " |").collect(Collectors.joining());
        String rules = "---:|".repeat(references.size());
        return "### "
                + discipline
                + "\n\n| | rounds | median, s |"
                + against
                + " peak memory, MB |\n|---|---:|---:|"
                + rules
                + "---:|\n"
                + results.contenders(discipline).stream()
                        .map(contender -> row(discipline, contender))
                        .collect(Collectors.joining());
    }

    private String row(String discipline, String contender) {
        long peak = results.peakBytes(discipline, contender) / 1_000_000;
        return "| "
                + contender
                + " | "
                + results.rounds(discipline, contender)
                + " | "
                + number(results.medianSeconds(discipline, contender))
                + " | "
                + references.stream()
                        .map(name -> number(results.ratio(discipline, contender, name)) + " | ")
                        .collect(Collectors.joining())
                + (peak == 0 ? "" : peak)
                + " |\n";
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
