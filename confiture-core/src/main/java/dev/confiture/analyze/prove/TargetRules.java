package dev.confiture.analyze.prove;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the target demands of its rows, as its catalog has it. */
record TargetRules(
        Map<TableName, Map<String, StoredType>> types,
        List<CheckConstraint> checks,
        List<UniqueKey> uniqueKeys) {

    /**
     * A CHECK constraint.
     *
     * @param column the column whose domain has it, or null for one of the table
     * @param expression as the server writes it with {@code search_path = ''}
     * @param portable whether it uses nothing but what every server has
     */
    record CheckConstraint(
            TableName table,
            @Nullable String column,
            String name,
            String expression,
            boolean portable) {}

    /**
     * Values that must not occur twice.
     *
     * @param sort {@code primary key}, {@code unique index} and the like, for people
     * @param parts columns or expressions
     * @param predicate the rows it is about, or null for all
     * @param nullsEqual whether two NULLs are the same value
     * @param operators one per part for an exclusion constraint, else empty
     * @param portable whether it uses nothing but what every server has
     */
    record UniqueKey(
            TableName table,
            String name,
            String sort,
            List<String> parts,
            @Nullable String predicate,
            boolean nullsEqual,
            List<String> operators,
            boolean portable) {}

    static TargetRules read(Session target, Collection<TableName> tables) {
        List<TableName> names = List.copyOf(tables);
        Map<TableName, Map<String, StoredType>> types = new HashMap<>();
        about(
                target,
                "list_stored_types",
                names,
                row ->
                        types.computeIfAbsent(name(row), _ -> new HashMap<>())
                                .put(row.text(3), type(row)));
        return new TargetRules(
                types,
                about(target, "list_checks", names, TargetRules::check),
                about(target, "list_unique_keys", names, TargetRules::uniqueKey));
    }

    private static <T extends @Nullable Object> List<T> about(
            Session session, String statement, List<TableName> names, Row.Reader<T> reader) {
        return session.query(
                SqlText.named("analyze/" + statement),
                reader,
                names.stream().map(TableName::schema).toList(),
                names.stream().map(TableName::name).toList());
    }

    private static StoredType type(Row row) {
        return new StoredType(
                row.text(4),
                row.text(5),
                Math.toIntExact(row.number(6)),
                StoredType.Sort.valueOf(row.text(7)),
                row.texts(8));
    }

    private static CheckConstraint check(Row row) {
        return new CheckConstraint(
                name(row), row.textOrNull(3), row.text(4), row.text(5), row.truth(6));
    }

    private static UniqueKey uniqueKey(Row row) {
        return new UniqueKey(
                name(row),
                row.text(3),
                row.text(4),
                row.texts(5),
                row.textOrNull(6),
                row.truth(7),
                row.texts(8),
                row.truth(9));
    }

    private static TableName name(Row row) {
        return new TableName(row.text(1), row.text(2));
    }
}
