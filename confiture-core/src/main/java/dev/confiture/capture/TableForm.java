package dev.confiture.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One table as a fingerprint's text describes it; the statement that writes the text says what the
 * fields are.
 *
 * @param columns by number
 * @param partitions by number
 * @param versions of the table and of its partitions, by number
 */
record TableForm(
        String number,
        String sort,
        String persistence,
        String rowSecurity,
        String identity,
        Map<String, List<String>> columns,
        Map<String, Partition> partitions,
        Map<String, Version> versions) {
    /** What the fields of a column are called, but for the first, its name. */
    private static final List<String> FIELDS =
            List.of(
                    "name",
                    "type",
                    "null",
                    "computed",
                    "identity",
                    "default",
                    "collation",
                    "form of the type");

    /**
     * A partition at any depth.
     *
     * @param link changes when it is detached and attached again
     */
    record Partition(
            String name,
            String sort,
            String identity,
            String birth,
            String link,
            String persistence) {
        boolean holdsRows() {
            return sort.equals("r");
        }

        /** Why what is written to it is not sent, or empty. */
        Optional<String> deafness() {
            if (sort.equals("f")) {
                return Optional.of("is a foreign table");
            }
            return holdsRows() && persistence.equals("u")
                    ? Optional.of("is unlogged")
                    : Optional.empty();
        }

        /** Whether it came into being as a partition, so that no row was in it before. */
        boolean bornAsPartition() {
            return birth.equals("created");
        }
    }

    /**
     * What changes when a table is written anew.
     *
     * @param columns changes with every change of a column's definition, and with its statistics
     *     target and privileges
     * @param file changes when the rows are written anew, with or without another definition
     */
    record Version(String columns, String file) {}

    static TableForm parse(String text) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Map<String, Partition> partitions = new LinkedHashMap<>();
        Map<String, Version> versions = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            List<String> parts = List.of(line.split("\t", -1));
            switch (parts.getFirst()) {
                case "C" -> columns.put(parts.get(1), parts.subList(2, parts.size()));
                case "P" ->
                        partitions.put(
                                parts.get(1),
                                new Partition(
                                        plain(parts.get(2)),
                                        parts.get(3),
                                        parts.get(4),
                                        parts.get(5),
                                        parts.get(6),
                                        parts.get(7)));
                case "V" -> versions.put(parts.get(1), new Version(parts.get(2), parts.get(3)));
                default -> fields.put(parts.getFirst(), parts);
            }
        }
        List<String> table = Objects.requireNonNull(fields.get("T"), text);
        List<String> identity = Objects.requireNonNull(fields.get("I"), text);
        return new TableForm(
                table.get(1),
                table.get(2),
                table.get(3),
                table.get(4),
                identity.get(1),
                columns,
                partitions,
                versions);
    }

    /** A JSON string without its quotes; for people, hence what is escaped in it stays so. */
    private static String plain(String json) {
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }

    /** How the other form's definition differs, in words; the partitions left aside. */
    List<String> differences(String table, TableForm now) {
        if (!number.equals(now.number)) {
            return List.of(table + " was dropped and created again");
        }
        List<String> differences = new ArrayList<>();
        change("kind of relation", sort, now.sort)
                .ifPresent(text -> differences.add(table + ": " + text));
        change("persistence", persistence, now.persistence)
                .ifPresent(text -> differences.add(table + ": " + text));
        change("row-level security", rowSecurity, now.rowSecurity)
                .ifPresent(text -> differences.add(table + ": " + text));
        columns.forEach(
                (key, column) -> {
                    List<String> present = now.columns.get(key);
                    if (present == null) {
                        differences.add(
                                "column " + plain(column.getFirst()) + " of " + table + " is gone");
                    } else {
                        changes(column, present)
                                .ifPresent(
                                        text ->
                                                differences.add(
                                                        "column "
                                                                + plain(column.getFirst())
                                                                + " of "
                                                                + table
                                                                + ": "
                                                                + text));
                    }
                });
        now.columns.forEach(
                (key, column) -> {
                    if (!columns.containsKey(key)) {
                        differences.add(
                                "column "
                                        + plain(column.getFirst())
                                        + " of "
                                        + table
                                        + " was added ("
                                        + column.get(1)
                                        + ")");
                    }
                });
        change("replica identity", identity, now.identity)
                .ifPresent(text -> differences.add(table + ": " + text));
        return differences;
    }

    private static Optional<String> changes(List<String> before, List<String> now) {
        List<String> changes = new ArrayList<>();
        for (int field = 0; field < FIELDS.size(); field++) {
            change(FIELDS.get(field), plain(before.get(field)), plain(now.get(field)))
                    .ifPresent(changes::add);
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(changes.stream().collect(Collectors.joining(", ")));
    }

    private static Optional<String> change(String what, String before, String now) {
        return before.equals(now)
                ? Optional.empty()
                : Optional.of(what + " " + before + " → " + now);
    }
}
