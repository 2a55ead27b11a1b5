package dev.confiture.lineage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One SELECT of a stored rule: its tables, columns and conditions.
 *
 * @param outer the SELECTs around it, the innermost first
 */
record StoredQuery(RuleNode node, List<StoredQuery> outer) {
    /** {@code RTEKind} in parsenodes.h. */
    private static final int SUBQUERY = 1;

    private static final int JOIN = 2;
    private static final int COMMON_TABLE_EXPRESSION = 6;
    private static final int GROUP = 9;

    /** {@code CoercionForm} in primnodes.h. */
    private static final String IMPLICIT_CAST = "2";

    /**
     * A column of an item of FROM.
     *
     * @param item from 1, as the rule counts them
     * @param number from 1
     */
    record Column(int item, int number) {}

    StoredQuery(RuleNode node) {
        this(node, List.of());
    }

    private List<RuleNode> items() {
        return node.nodes("rtable");
    }

    /** The numbers of the items that stand in FROM. */
    List<Integer> from() {
        List<Integer> from = new ArrayList<>();
        for (int item = 1; item <= items().size(); item++) {
            if (item(item).truth("inFromCl")) {
                from.add(item);
            }
        }
        return from;
    }

    RuleNode item(int number) {
        return items().get(number - 1);
    }

    private static int kind(RuleNode item) {
        return item.number("rtekind");
    }

    String alias(int item) {
        return item(item).node("eref").map(alias -> alias.text("aliasname")).orElse("");
    }

    String columnName(Column column) {
        return item(column.item)
                .node("eref")
                .map(alias -> alias.texts("colnames").get(column.number - 1))
                .orElse("");
    }

    List<RuleNode> targets() {
        return node.nodes("targetList");
    }

    /** The SELECTs that a UNION or the like takes together, or none. */
    List<StoredQuery> parts() {
        return node.has("setOperations")
                ? items().stream().flatMap(item -> below(item).stream()).toList()
                : List.of();
    }

    /** The SELECT that an item of FROM is, unless it looks at its neighbours ({@code LATERAL}). */
    Optional<StoredQuery> subquery(int item) {
        RuleNode found = item(item);
        if (kind(found) == COMMON_TABLE_EXPRESSION) {
            return commonTable(found.text("ctename"), found.number("ctelevelsup"));
        }
        return found.truth("lateral") ? Optional.empty() : below(found);
    }

    /** Whether an item of FROM is a table that is made from itself. */
    boolean isRecursive(int item) {
        RuleNode found = item(item);
        return kind(found) == COMMON_TABLE_EXPRESSION
                && definition(found.text("ctename"), found.number("ctelevelsup"))
                        .filter(table -> table.truth("cterecursive"))
                        .isPresent();
    }

    private Optional<StoredQuery> below(RuleNode item) {
        return kind(item) == SUBQUERY ? item.node("subquery").map(this::inner) : Optional.empty();
    }

    private StoredQuery inner(RuleNode query) {
        List<StoredQuery> around = new ArrayList<>(List.of(this));
        around.addAll(outer);
        return new StoredQuery(query, around);
    }

    private Optional<StoredQuery> commonTable(String name, int levelsUp) {
        return definition(name, levelsUp)
                .flatMap(table -> table.node("ctequery"))
                .map(owner(levelsUp)::inner);
    }

    private Optional<RuleNode> definition(String name, int levelsUp) {
        return owner(levelsUp).node.nodes("cteList").stream()
                .filter(table -> table.text("ctename").equals(name))
                .findFirst();
    }

    private StoredQuery owner(int levelsUp) {
        return levelsUp == 0 ? this : outer.get(levelsUp - 1);
    }

    /** The column that an expression is, be it relabelled or cast by the server itself. */
    Optional<Column> plainColumn(RuleNode expression) {
        return switch (expression.type()) {
            case "VAR" -> resolved(expression);
            case "RELABELTYPE" -> expression.node("arg").flatMap(this::plainColumn);
            case "FUNCEXPR" ->
                    expression.text("funcformat").equals(IMPLICIT_CAST)
                                    && !expression.nodes("args").isEmpty()
                            ? plainColumn(expression.nodes("args").getFirst())
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** All columns of this SELECT that an expression holds. */
    Set<Column> columns(RuleNode expression) {
        Set<Column> columns = new HashSet<>();
        collect(expression, columns);
        return columns;
    }

    private void collect(RuleNode expression, Collection<Column> columns) {
        if (expression.is("VAR")) {
            meant(expression)
                    .ifPresentOrElse(
                            meant -> collect(meant, columns),
                            () -> resolved(expression).ifPresent(columns::add));
        } else if (!expression.is("QUERY")) {
            expression.children().forEach(child -> collect(child, columns));
        }
    }

    private Optional<Column> resolved(RuleNode variable) {
        Optional<RuleNode> meant = meant(variable);
        if (meant.isPresent()) {
            return plainColumn(meant.get());
        }
        return variable.number("varlevelsup") > 0 || variable.number("varattno") <= 0
                ? Optional.empty()
                : Optional.of(new Column(variable.number("varno"), variable.number("varattno")));
    }

    /** What a column of a join, or of a list of groups (PostgreSQL 18), stands for. */
    private Optional<RuleNode> meant(RuleNode variable) {
        if (variable.number("varlevelsup") > 0 || variable.number("varattno") <= 0) {
            return Optional.empty();
        }
        RuleNode item = item(variable.number("varno"));
        int index = variable.number("varattno") - 1;
        return switch (kind(item)) {
            case JOIN -> Optional.of(item.nodes("joinaliasvars").get(index));
            case GROUP -> Optional.of(item.nodes("groupexprs").get(index));
            default -> Optional.empty();
        };
    }
}
