package dev.confiture.property;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One entry of a generated mapping.
 *
 * @param options by name: texts, lists and maps of these
 * @param movable whether {@code evaluate: target} is open to it
 */
record Entry(String name, Map<String, Object> options, boolean movable) {
    /**
     * The whole file, in the part of YAML that is JSON.
     *
     * @param byCopy names of the entries that are fixed to COPY
     * @param onTarget names of the entries that are evaluated on the target
     */
    static String file(
            List<Entry> entries,
            List<String> ignoredTables,
            Set<String> byCopy,
            Set<String> onTarget) {
        Map<String, Object> file = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Map<String, Object> options = new LinkedHashMap<>(entry.options);
            if (byCopy.contains(entry.name)) {
                options.put("strategy", "copy");
            }
            if (onTarget.contains(entry.name)) {
                options.put("evaluate", "target");
            }
            file.put(entry.name, options);
        }
        if (!ignoredTables.isEmpty()) {
            file.put("ignore_tables", ignoredTables);
        }
        return yaml(file, "\n") + "\n";
    }

    private static String yaml(Object value, String newLine) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(
                                    pair ->
                                            quote(pair.getKey())
                                                    + ": "
                                                    + yaml(pair.getValue(), newLine + "  "))
                            .collect(
                                    Collectors.joining(
                                            "," + newLine + "  ",
                                            "{" + newLine + "  ",
                                            newLine + "}"));
            case List<?> list ->
                    list.stream()
                            .map(element -> yaml(element, newLine + "  "))
                            .collect(Collectors.joining(", ", "[", "]"));
            default -> quote(value);
        };
    }

    private static String quote(Object text) {
        return '"'
                + text.toString()
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }
}
