package dev.confiture.cli.render;

import dev.confiture.error.Finding;
import java.util.List;

/** The text of one report, built from top to bottom. */
public final class Page {
    private static final String INDENT = "  ";

    private final Palette palette;
    private final StringBuilder text = new StringBuilder();

    public Page(Palette palette) {
        this.palette = palette;
    }

    public String text() {
        return text.toString();
    }

    public Palette palette() {
        return palette;
    }

    /** A line as it stands; what may hold a name from outside goes through {@link #printable}. */
    public Page line(String line) {
        text.append(line).append('\n');
        return this;
    }

    public Page blank() {
        return line("");
    }

    /** Indented items below a title; nothing if there are none. */
    public Page list(String title, List<String> items) {
        if (!items.isEmpty()) {
            blank().line(palette.strong(title));
            items.forEach(item -> line(INDENT + printable(item).replace("\n", "\n" + INDENT)));
        }
        return this;
    }

    /** A table below a title; nothing if it has no rows. */
    public Page table(String title, Table table) {
        if (!table.isEmpty()) {
            blank().line(palette.strong(title));
            List<String> lines = table.lines();
            line(INDENT + palette.faint(lines.getFirst()));
            lines.subList(1, lines.size()).forEach(line -> line(INDENT + line));
        }
        return this;
    }

    /** Findings, the worst first, each with its remedy. */
    public Page findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return this;
        }
        blank().line(palette.strong("Findings"));
        for (Finding.Severity severity : Finding.Severity.values()) {
            findings.stream().filter(it -> it.severity() == severity).forEach(this::finding);
        }
        return this;
    }

    private void finding(Finding finding) {
        String severity = finding.severity().name();
        String coloured =
                switch (finding.severity()) {
                    case BLOCKER -> palette.bad(severity);
                    case WARNING -> palette.doubtful(severity);
                    case NOTE -> palette.faint(severity);
                };
        line(INDENT + coloured + " " + printable(finding.subject() + ": " + finding.message()));
        if (!finding.remedy().isBlank()) {
            String remedy = printable(finding.remedy());
            line(INDENT.repeat(3) + remedy.replace("\n", "\n" + INDENT.repeat(3)));
        }
    }

    /**
     * The text with control characters spelled out, so that a name in a database cannot steer the
     * terminal. Line feeds stay: remedies have several lines.
     */
    public static String printable(String text) {
        if (text.chars().noneMatch(Page::steersTheTerminal)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.chars()
                .forEach(
                        character -> {
                            if (steersTheTerminal(character)) {
                                printable.append(String.format("\\u%04x", character));
                            } else {
                                printable.append((char) character);
                            }
                        });
        return printable.toString();
    }

    private static boolean steersTheTerminal(int character) {
        return Character.isISOControl(character) && character != '\n';
    }
}
