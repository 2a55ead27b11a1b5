package dev.confiture.hop;

import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.PlannedCost;
import dev.confiture.postgres.Session;
import java.util.List;
import java.util.Optional;

/**
 * How the rows of a query of the user's are found by their keys. Only a comparison with an array is
 * put to the tables inside of a query that groups; but without an index it compares every row with
 * every key, one by one, and then all rows had better be made, and those that are wanted be picked
 * out by a hash table.
 *
 * @param columns of the key, over the result of the query
 */
record OwnQueryKeys(Derivation entry, List<KeyColumn> columns) {
    /** As long as comparing every row with every key costs no more than reading the row. */
    private static final int FEW = 100;

    /** An index that leads to a handful of keys costs no more than such a part of all rows. */
    private static final int PART = 5;

    OwnQueryKeys {
        columns = List.copyOf(columns);
    }

    /**
     * A condition that is true for the rows that the keys name.
     *
     * @param source where the query is to be run, under the same search_path
     * @param relation the driving table as a FROM item
     */
    String condition(Session source, String relation, List<String> keys) {
        String rows = KeyRows.of(keys);
        return leading(source, relation, keys)
                .map(column -> KeyRows.condition(List.of(column), rows))
                .map(led -> columns.size() == 1 ? led : led + " AND " + isAmong(rows))
                .orElseGet(() -> isAmong(rows));
    }

    private String isAmong(String rows) {
        return KeyRows.conditionByScan(columns, rows);
    }

    /** The column to compare with an array, if one is worth it. */
    private Optional<KeyColumn> leading(Session source, String relation, List<String> keys) {
        if (keys.size() < FEW) {
            return Optional.of(columns.getFirst());
        }
        double all = PlannedCost.of(source, entry.select(relation, null));
        return columns.stream()
                .filter(column -> cost(source, relation, column) * PART <= all)
                .findFirst();
    }

    /** The planner takes every array that it cannot see for one of ten elements. */
    private double cost(Session source, String relation, KeyColumn column) {
        String some = KeyRows.condition(List.of(column), List.of());
        return PlannedCost.of(source, entry.select(relation, some));
    }
}
