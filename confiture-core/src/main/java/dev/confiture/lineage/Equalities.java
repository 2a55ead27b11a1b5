package dev.confiture.lineage;

import dev.confiture.lineage.StoredQuery.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the conditions of a SELECT hold equal: those of WHERE and of ON that must all be true. A row
 * of an outer join's other side either fulfils its ON or is not there at all, so for the question
 * which rows belong together ON of an outer join says as much as that of an inner one.
 */
final class Equalities {
    private final StoredQuery query;
    private final Set<String> operators;
    private final List<RuleNode> conditions = new ArrayList<>();

    private Equalities(StoredQuery query, Set<String> operators) {
        this.query = query;
        this.operators = operators;
    }

    /**
     * Those of all conditions.
     *
     * @param operators {@code pg_operator.oid} of the operators that mean equality
     */
    static Equalities of(StoredQuery query, Set<String> operators) {
        Equalities equalities = new Equalities(query, operators);
        query.node().node("jointree").ifPresent(tree -> equalities.gather(tree));
        return equalities;
    }

    /** Those of WHERE, and of the ON that belongs to one item of FROM. */
    static Equalities of(StoredQuery query, Set<String> operators, int item) {
        Equalities equalities = new Equalities(query, operators);
        query.node()
                .node("jointree")
                .ifPresent(
                        tree -> {
                            tree.node("quals").ifPresent(equalities::add);
                            equalities.gatherOnOf(tree, item);
                        });
        return equalities;
    }

    private void gather(RuleNode tree) {
        tree.node("quals").ifPresent(this::add);
        inputs(tree).forEach(this::gather);
    }

    private void gatherOnOf(RuleNode tree, int item) {
        boolean joins =
                tree.node("rarg")
                        .filter(right -> right.is("RANGETBLREF"))
                        .filter(right -> right.number("rtindex") == item)
                        .isPresent();
        if (joins) {
            tree.node("quals").ifPresent(this::add);
        }
        inputs(tree).forEach(input -> gatherOnOf(input, item));
    }

    private static List<RuleNode> inputs(RuleNode tree) {
        List<RuleNode> inputs = new ArrayList<>(tree.nodes("fromlist"));
        inputs.addAll(tree.nodes("larg"));
        inputs.addAll(tree.nodes("rarg"));
        return inputs;
    }

    private void add(RuleNode condition) {
        if (condition.is("BOOLEXPR") && condition.text("boolop").equals("and")) {
            condition.nodes("args").forEach(this::add);
        } else if (condition.is("OPEXPR") && operators.contains(condition.text("opno"))) {
            conditions.add(condition);
        }
    }

    /** These columns and all that are equal to one of them. */
    Set<Column> closure(Set<Column> columns) {
        Set<Column> closure = new HashSet<>(columns);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (RuleNode condition : conditions) {
                Optional<Column> left = query.plainColumn(condition.nodes("args").getFirst());
                Optional<Column> right = query.plainColumn(condition.nodes("args").getLast());
                if (left.isPresent() && right.isPresent()) {
                    grown |= closure.contains(left.get()) && closure.add(right.get());
                    grown |= closure.contains(right.get()) && closure.add(left.get());
                }
            }
        }
        return closure;
    }

    /** The columns of an item that are equal to something made of the items before it alone. */
    Set<Column> fixed(int item, Set<Integer> before) {
        Set<Column> fixed = new HashSet<>();
        for (RuleNode condition : conditions) {
            RuleNode left = condition.nodes("args").getFirst();
            RuleNode right = condition.nodes("args").getLast();
            query.plainColumn(left)
                    .filter(column -> column.item() == item && isMadeOf(right, before))
                    .ifPresent(fixed::add);
            query.plainColumn(right)
                    .filter(column -> column.item() == item && isMadeOf(left, before))
                    .ifPresent(fixed::add);
        }
        return fixed;
    }

    private boolean isMadeOf(RuleNode expression, Set<Integer> items) {
        return !holdsSubselect(expression)
                && query.columns(expression).stream()
                        .allMatch(column -> items.contains(column.item()));
    }

    private static boolean holdsSubselect(RuleNode expression) {
        return expression.is("SUBLINK")
                || expression.children().stream().anyMatch(Equalities::holdsSubselect);
    }
}
