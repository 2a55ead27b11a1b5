package dev.confiture.draft;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The foreign keys of both sides, held together by the pairs of tables. */
final class Links {
    private final Catalog source;
    private final Catalog target;
    private final Map<TableName, TableName> targets = new HashMap<>();

    Links(Catalog source, Catalog target, List<TablePair> pairs) {
        this.source = source;
        this.target = target;
        pairs.forEach(pair -> targets.put(pair.source().name(), pair.target().name()));
    }

    /**
     * 1 if both columns refer to tables that belong together, −1 if they refer to others, 0 if one
     * of the two refers to nothing.
     */
    int compare(Table from, Column column, Table to, Column other) {
        Set<TableName> referenced = referenced(source, from, column);
        Set<TableName> otherReferenced = referenced(target, to, other);
        if (referenced.isEmpty() || otherReferenced.isEmpty()) {
            return 0;
        }
        return referenced.stream().map(targets::get).anyMatch(otherReferenced::contains) ? 1 : -1;
    }

    private static Set<TableName> referenced(Catalog catalog, Table table, Column column) {
        return catalog.foreignKeys().stream()
                .filter(key -> key.table().equals(table.name()))
                .filter(key -> key.columns().contains(column.name()))
                .map(ForeignKey::referencedTable)
                .collect(Collectors.toSet());
    }
}
