package dev.confiture.mapping;

import dev.confiture.catalog.TableName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an entry's rows come from.
 *
 * @param targetKey the target columns that identify a row of the entry; empty if nothing does
 * @param reads every source table that the SELECT touches, with the columns, as the server has it
 * @param dependencies how the tables besides the driving one lead to the entry's rows
 * @param placeBound why the result may depend on the server it is computed on, or empty
 * @param reverse source column to SQL over target columns, as the mapping gives it
 */
public record Lineage(
        List<String> targetKey,
        SortedMap<TableName, Set<String>> reads,
        List<Dependency> dependencies,
        Evaluation evaluation,
        String placeBound,
        Map<String, String> reverse) {
    public Lineage {
        targetKey = List.copyOf(targetKey);
        reads = Collections.unmodifiableSortedMap(new TreeMap<>(reads));
        dependencies = List.copyOf(dependencies);
        reverse = Map.copyOf(reverse);
    }

    /** An entry that reads its driving table alone. */
    public static Lineage of(TableName source, Set<String> columns, List<String> targetKey) {
        SortedMap<TableName, Set<String>> reads = new TreeMap<>();
        reads.put(source, columns);
        return new Lineage(targetKey, reads, List.of(), Evaluation.SOURCE, "", Map.of());
    }
}
