package dev.confiture.verify;

import dev.confiture.mapping.Derivation;
import java.util.List;

/**
 * What is looked at, and what is done about it.
 *
 * @param tables names of entries or target tables; empty means all
 */
public record VerifyScope(
        List<String> tables, Thoroughness thoroughness, OnDifference onDifference) {
    /** All of it. */
    public static final VerifyScope EVERYTHING = new VerifyScope(List.of());

    /** Every value of every row of some tables. */
    public VerifyScope(List<String> tables) {
        this(tables, Thoroughness.EVERYTHING, OnDifference.REPORT);
    }

    public VerifyScope {
        tables = List.copyOf(tables);
    }

    /** Those of the tables that are wanted, or a failure that names what does not exist. */
    public List<ComparedTable> of(List<ComparedTable> all) {
        List<Derivation> entries = all.stream().flatMap(table -> table.entries().stream()).toList();
        var wanted = TableSelection.of(entries, tables).keySet();
        return all.stream().filter(table -> wanted.contains(table.target().name())).toList();
    }

    /** Whether nothing is left out. */
    public boolean isComplete() {
        return tables.isEmpty() && thoroughness.isComplete();
    }
}
