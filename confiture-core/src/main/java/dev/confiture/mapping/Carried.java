package dev.confiture.mapping;

import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which source columns need no further word: carried, read or ignored by some entry. */
final class Carried {
    private final Map<TableName, Table> tables = new LinkedHashMap<>();
    private final Map<TableName, Mapping.Entry> entries = new HashMap<>();
    private final Map<TableName, Set<String>> settled = new HashMap<>();
    private final Map<TableName, Map<String, String>> reasons = new HashMap<>();

    /**
     * Takes in what one entry settles.
     *
     * @param why why some columns are not carried, as the end of a message
     */
    void add(Table table, Mapping.Entry entry, Set<String> columns, Map<String, String> why) {
        TableName name = table.name();
        tables.putIfAbsent(name, table);
        entries.putIfAbsent(name, entry);
        settled.computeIfAbsent(name, any -> new HashSet<>()).addAll(columns);
        why.forEach(reasons.computeIfAbsent(name, any -> new HashMap<>())::putIfAbsent);
    }

    Collection<Table> tables() {
        return tables.values();
    }

    /** The first entry that touches the table. */
    Mapping.Entry entry(Table table) {
        return Objects.requireNonNull(entries.get(table.name()));
    }

    boolean settles(Table table, String column) {
        return settled.getOrDefault(table.name(), Set.of()).contains(column);
    }

    String reason(Table table, String column) {
        return reasons.getOrDefault(table.name(), Map.of()).getOrDefault(column, "");
    }
}
