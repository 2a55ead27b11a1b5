package dev.confiture.identity;

import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.mapping.Dependency;
import dev.confiture.mapping.Derivation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which source tables a mapping wants captured, and which of their columns name a changed row. */
public final class CaptureTables {
    private CaptureTables() {}

    /**
     * Each table once, in the order of the names. Its columns begin with the key by which an entry
     * is driven, in the key's order; those of dependencies follow in the order of their names. So
     * the same mapping always gives the same keys. A driving table without a key has no columns:
     * what changes in it cannot be named.
     */
    public static List<CapturedTable> of(Collection<Derivation> derivations) {
        SortedMap<TableName, Set<String>> columns = new TreeMap<>();
        for (Derivation derivation : derivations) {
            if (derivation.query().followsTheDrivingTable() || !isAmongDependencies(derivation)) {
                add(columns, derivation.source(), derivation.sourceKey());
            }
        }
        SortedMap<TableName, Set<String>> others = new TreeMap<>();
        for (Derivation derivation : derivations) {
            for (Dependency dependency : derivation.lineage().dependencies()) {
                others.computeIfAbsent(dependency.table(), any -> new TreeSet<>())
                        .addAll(dependency.columns());
            }
        }
        others.forEach((table, names) -> add(columns, table, names));
        return columns.entrySet().stream()
                .map(table -> new CapturedTable(table.getKey(), List.copyOf(table.getValue())))
                .toList();
    }

    /** All tables that the entries read: those that are captured, and whatever else. */
    public static NavigableSet<TableName> readBy(Collection<Derivation> derivations) {
        NavigableSet<TableName> tables = new TreeSet<>();
        for (Derivation derivation : derivations) {
            tables.add(derivation.source());
            tables.addAll(derivation.lineage().reads().keySet());
            derivation.lineage().dependencies().stream()
                    .map(Dependency::table)
                    .forEach(tables::add);
        }
        return tables;
    }

    /** Then, for a query of the user's, the declared columns lead to the rows, not the own key. */
    private static boolean isAmongDependencies(Derivation derivation) {
        return derivation.lineage().dependencies().stream()
                .map(Dependency::table)
                .anyMatch(derivation.source()::equals);
    }

    private static void add(
            SortedMap<TableName, Set<String>> columns, TableName table, Collection<String> more) {
        columns.computeIfAbsent(table, any -> new LinkedHashSet<>()).addAll(more);
    }
}
