package dev.confiture.lineage;

import dev.confiture.lineage.StoredQuery.Column;
import dev.confiture.mapping.SqlProbe.Mixing;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether a condition on the key of a query could be put to its tables at once: then a row of the
 * tables has a part in no other rows of the result than those of its own key. What takes many rows
 * together stands in the way of that, unless it does so key by key. The rules are those by which
 * the planner pushes conditions down.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/optimizer/path/allpaths.c">
 *     {@code subquery_is_pushdown_safe}</a>
 */
final class KeyReach {
    private final Set<String> equalityOperators;

    KeyReach(Set<String> equalityOperators) {
        this.equalityOperators = equalityOperators;
    }

    /** What mixes rows of different keys, or empty if nothing does. */
    Optional<Mixing> obstacle(StoredQuery query, List<String> key) {
        Set<Integer> numbers =
                query.targets().stream()
                        .filter(target -> key.contains(target.text("resname")))
                        .map(target -> target.number("resno"))
                        .collect(Collectors.toSet());
        return obstacle(query, new Wanted(numbers, Share.ALL));
    }

    /**
     * Columns of a SELECT that lead to the key.
     *
     * @param share how many of them have to be grouped by
     */
    private record Wanted(Set<Integer> numbers, Share share) {}

    /** A SELECT that is joined to the key's may know a part of the key. */
    private enum Share {
        ALL,
        ANY
    }

    private Optional<Mixing> obstacle(StoredQuery query, Wanted wanted) {
        return mixing(query, wanted)
                .or(
                        () ->
                                query.parts().stream()
                                        .flatMap(part -> obstacle(part, wanted).stream())
                                        .findFirst())
                .or(() -> obstacleBelow(query, wanted));
    }

    private static Optional<Mixing> mixing(StoredQuery query, Wanted wanted) {
        RuleNode node = query.node();
        if (node.has("limitCount") || node.has("limitOffset")) {
            return Optional.of(Mixing.LIMIT);
        }
        boolean groups = node.truth("hasAggs") || node.has("groupClause") || node.has("havingQual");
        boolean apart = !node.has("groupingSets") && covers(query, "groupClause", node, wanted);
        if (groups && !apart) {
            return Optional.of(Mixing.GROUP_BY);
        }
        if (node.truth("hasDistinctOn") && !covers(query, "distinctClause", node, wanted)) {
            return Optional.of(Mixing.DISTINCT_ON);
        }
        return node.nodes("windowClause").stream()
                        .allMatch(window -> covers(query, "partitionClause", window, wanted))
                ? Optional.empty()
                : Optional.of(Mixing.WINDOW);
    }

    /** Whether the columns that are wanted are among those of a clause. */
    private static boolean covers(StoredQuery query, String clause, RuleNode owner, Wanted wanted) {
        Set<String> references =
                owner.nodes(clause).stream()
                        .map(group -> group.text("tleSortGroupRef"))
                        .collect(Collectors.toSet());
        Set<Column> grouped =
                query.targets().stream()
                        .filter(target -> references.contains(target.text("ressortgroupref")))
                        .flatMap(target -> target.node("expr").stream())
                        .flatMap(expression -> query.plainColumn(expression).stream())
                        .collect(Collectors.toSet());
        Predicate<RuleNode> covered =
                target ->
                        references.contains(target.text("ressortgroupref"))
                                || isMadeOf(query, target, grouped);
        List<RuleNode> targets = varying(query, wanted);
        return !targets.isEmpty()
                && (wanted.share == Share.ALL
                        ? targets.stream().allMatch(covered)
                        : targets.stream().anyMatch(covered));
    }

    private static boolean isMadeOf(StoredQuery query, RuleNode target, Set<Column> grouped) {
        return target.node("expr").filter(expression -> !aggregates(expression)).isPresent()
                && grouped.containsAll(columns(query, target));
    }

    private static boolean aggregates(RuleNode expression) {
        return expression.is("AGGREF")
                || expression.is("WINDOWFUNC")
                || expression.children().stream().anyMatch(KeyReach::aggregates);
    }

    /** The wanted columns that are no constants. */
    private static List<RuleNode> varying(StoredQuery query, Wanted wanted) {
        return query.targets().stream()
                .filter(target -> wanted.numbers.contains(target.number("resno")))
                .filter(
                        target ->
                                !columns(query, target).isEmpty()
                                        || target.node("expr")
                                                .filter(KeyReach::aggregates)
                                                .isPresent())
                .toList();
    }

    private static Set<Column> columns(StoredQuery query, RuleNode target) {
        return target.node("expr").map(query::columns).orElse(Set.of());
    }

    private Optional<Mixing> obstacleBelow(StoredQuery query, Wanted wanted) {
        Set<Column> key = new HashSet<>();
        varying(query, wanted).forEach(target -> key.addAll(columns(query, target)));
        Set<Column> equal = Equalities.of(query, equalityOperators).closure(key);
        return query.from().stream()
                .flatMap(item -> obstacleIn(query, item, key, equal, wanted).stream())
                .findFirst();
    }

    private Optional<Mixing> obstacleIn(
            StoredQuery query, int item, Set<Column> key, Set<Column> equal, Wanted wanted) {
        boolean carries = !key.isEmpty() && key.stream().allMatch(column -> column.item() == item);
        Set<Integer> numbers =
                equal.stream()
                        .filter(column -> column.item() == item)
                        .map(Column::number)
                        .collect(Collectors.toSet());
        Wanted below =
                carries
                        ? new Wanted(
                                key.stream().map(Column::number).collect(Collectors.toSet()),
                                wanted.share)
                        : new Wanted(numbers, Share.ANY);
        return query.subquery(item)
                .flatMap(
                        subquery ->
                                query.isRecursive(item)
                                        ? Optional.of(Mixing.RECURSION)
                                        : obstacle(subquery, below));
    }
}
