package dev.confiture.bench;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** One table a discipline: medians, and ratios to what counts. */
final class MarkdownTable {
    private final Results results;

    MarkdownTable(Results results) {
        this.results = results;
    }

    String text() {
        return results.disciplines().stream().map(this::table).collect(Collectors.joining("\n"));
    }

    private String table(Discipline discipline) {
        String against =
                discipline.references().stream()
                        .map(name -> " ÷ " + name + " |")
                        .collect(Collectors.joining());
        return "### "
                + discipline.title()
                + "\n\n| | rounds | median, "
                + discipline.unit()
                + " |"
                + against
                + " peak memory, MB |\n|---|---:|---:|"
                + "---:|".repeat(discipline.references().size())
                + "---:|\n"
                + results.contenders(discipline).stream()
                        .map(contender -> row(discipline, contender))
                        .collect(Collectors.joining());
    }

    private String row(Discipline discipline, String contender) {
        long peak = results.peakBytes(discipline, contender) / 1_000_000;
        return "| "
                + contender
                + " | "
                + results.rounds(discipline, contender)
                + " | "
                + number(results.median(discipline, contender))
                + " | "
                + discipline.references().stream()
                        .map(name -> number(results.ratio(discipline, contender, name)) + " | ")
                        .collect(Collectors.joining())
                + (peak == 0 ? "" : peak)
                + " |\n";
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1000 ? "%.2f" : "%.0f", value);
    }
}
