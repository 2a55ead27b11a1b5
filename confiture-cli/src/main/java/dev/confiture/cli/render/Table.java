package dev.confiture.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Columns that stand below each other. A column whose cells are all empty is left out. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param titles one per column; a title that begins with {@code >} makes a column of figures,
     *     set flush right
     */
    public Table(String... titles) {
        this.titles = List.of(titles);
    }

    public Table row(String... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(
                    "A table of " + titles.size() + " columns got " + cells.length + " cells");
        }
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Page.printable(cell));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines without indentation, the title line first. */
    List<String> lines() {
        List<StringBuilder> lines = new ArrayList<>();
        for (int i = 0; i <= rows.size(); i++) {
            lines.add(new StringBuilder());
        }
        for (int column = 0; column < titles.size(); column++) {
            if (isBlank(column)) {
                continue;
            }
            boolean right = titles.get(column).startsWith(">");
            String title = right ? titles.get(column).substring(1) : titles.get(column);
            int width = width(column, title);
            append(lines.getFirst(), title, width, right);
            for (int row = 0; row < rows.size(); row++) {
                append(lines.get(row + 1), rows.get(row).get(column), width, right);
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    private boolean isBlank(int column) {
        return rows.stream().allMatch(row -> row.get(column).isEmpty());
    }

    private int width(int column, String title) {
        int widest = length(title);
        for (List<String> row : rows) {
            widest = Math.max(widest, length(row.get(column)));
        }
        return widest;
    }

    private static void append(StringBuilder line, String cell, int width, boolean right) {
        if (!line.isEmpty()) {
            line.append(GAP);
        }
        String padding = " ".repeat(width - length(cell));
        line.append(right ? padding + cell : cell + padding);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
