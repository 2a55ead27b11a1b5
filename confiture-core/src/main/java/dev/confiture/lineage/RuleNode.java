package dev.confiture.lineage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree in which PostgreSQL keeps a view's query, as {@code pg_rewrite.ev_action}
 * shows it.
 *
 * @param type such as {@code QUERY} or {@code VAR}
 * @param fields by name: a text, a node, or a list of them; those that are empty are left out
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/nodes/parsenodes.h">
 *     parsenodes.h</a>, primnodes.h
 */
record RuleNode(String type, Map<String, Object> fields) {
    RuleNode {
        fields = Map.copyOf(fields);
    }

    boolean is(String wanted) {
        return type.equals(wanted);
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    Optional<RuleNode> node(String field) {
        return fields.get(field) instanceof RuleNode node ? Optional.of(node) : Optional.empty();
    }

    /** The nodes of a list, or of a single node. */
    List<RuleNode> nodes(String field) {
        return nodes(fields.get(field));
    }

    private static List<RuleNode> nodes(@Nullable Object value) {
        return switch (value) {
            case RuleNode node -> List.of(node);
            case List<?> list ->
                    list.stream()
                            .filter(RuleNode.class::isInstance)
                            .map(RuleNode.class::cast)
                            .toList();
            case null, default -> List.of();
        };
    }

    List<String> texts(String field) {
        return fields.get(field) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    String text(String field) {
        return fields.get(field) instanceof String text ? text : "";
    }

    int number(String field) {
        return Integer.parseInt(text(field));
    }

    boolean truth(String field) {
        return text(field).equals("true");
    }

    /** All nodes right below this one. */
    List<RuleNode> children() {
        return fields.values().stream().flatMap(value -> nodes(value).stream()).toList();
    }
}
