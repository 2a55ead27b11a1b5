package dev.confiture.lineage;

import dev.confiture.lineage.StoredQuery.Column;
import dev.confiture.mapping.SqlProbe.JoinedOn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads from a stored rule how the joined tables of an entry hang on its driving table. */
final class JoinReading {
    private JoinReading() {}

    /** By what the SQL calls the tables; the first in FROM is the driving table. */
    static Map<String, JoinedOn> of(StoredQuery query, Set<String> operators) {
        Map<String, JoinedOn> joins = new HashMap<>();
        List<Integer> tables =
                query.from().stream().filter(item -> query.item(item).has("relid")).toList();
        Equalities equalities = Equalities.of(query, operators);
        Set<Integer> before = new HashSet<>();
        for (int item : tables) {
            if (!before.isEmpty()) {
                Set<String> fixed = new TreeSet<>();
                Equalities.of(query, operators, item)
                        .fixed(item, before)
                        .forEach(column -> fixed.add(query.columnName(column)));
                joins.put(
                        query.alias(item),
                        new JoinedOn(ties(query, equalities, item, tables.getFirst()), fixed));
            }
            before.add(item);
        }
        return joins;
    }

    private static Map<String, String> ties(
            StoredQuery query, Equalities equalities, int joined, int driving) {
        Map<String, String> ties = new LinkedHashMap<>();
        int columns =
                query.item(joined)
                        .node("eref")
                        .map(eref -> eref.texts("colnames").size())
                        .orElse(0);
        for (int number = 1; number <= columns; number++) {
            Column column = new Column(joined, number);
            equalities.closure(Set.of(column)).stream()
                    .filter(equal -> equal.item() == driving)
                    .map(query::columnName)
                    .sorted()
                    .findFirst()
                    .ifPresent(equal -> ties.put(query.columnName(column), equal));
        }
        return ties;
    }
}
