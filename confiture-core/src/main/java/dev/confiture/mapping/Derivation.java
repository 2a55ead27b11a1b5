package dev.confiture.mapping;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the mapping as SQL: which rows of which target table it owns and the SELECT that
 * makes them. Copy (both strategies) and verify run this one text.
 *
 * @param entry the entry's name, unique in the mapping
 * @param source the driving table
 * @param sourceKey the columns that identify a source row; empty for a table without a key
 * @param columns the target columns that the entry feeds, in the target table's order
 * @param query which rows it reads
 * @param lineage where they come from
 * @param strategy the strategy that the entry asks for, or null
 * @param claim which rows of the target table are the entry's, as SQL over that table; null if
 *     nothing but their keys says so
 */
public record Derivation(
        String entry,
        TableName source,
        List<String> sourceKey,
        TableName target,
        List<DerivedColumn> columns,
        RowQuery query,
        Lineage lineage,
        @Nullable Strategy strategy,
        @Nullable String claim) {
    public Derivation {
        sourceKey = List.copyOf(sourceKey);
        columns = List.copyOf(columns);
    }

    /** One that claims whatever its keys name. */
    public Derivation(
            String entry,
            TableName source,
            List<String> sourceKey,
            TableName target,
            List<DerivedColumn> columns,
            RowQuery query,
            Lineage lineage,
            @Nullable Strategy strategy) {
        this(entry, source, sourceKey, target, columns, query, lineage, strategy, null);
    }

    /**
     * The rows of this entry on the source. The columns have the names of the target's.
     *
     * @param relation what to read in place of the driving table: SQL for a FROM item without an
     *     alias, such as {@code ONLY "public"."old_users"} or one of its partitions; a query of the
     *     user's names its tables itself
     * @param condition a further restriction over the driving table's columns, or null
     */
    public String select(String relation, @Nullable String condition) {
        return render(Evaluation.SOURCE, relation, condition);
    }

    /**
     * The same rows for {@code INSERT … SELECT} on the target: read from the foreign tables, and
     * with types that only the target knows.
     */
    public String selectOnTarget(String relation, @Nullable String condition) {
        return render(Evaluation.TARGET, relation, condition);
    }

    private String render(Evaluation place, String relation, @Nullable String condition) {
        return "SELECT "
                + columns.stream()
                        .map(
                                column ->
                                        column.sql(place)
                                                + " AS "
                                                + Identifier.quote(column.target()))
                        .collect(Collectors.joining(", "))
                + query.from(place, relation, source.name(), condition);
    }

    /**
     * The key of one row, as text for a message; its ctid if the table has no key.
     *
     * @param number which row that {@link #select} gives, from 1
     */
    public String selectKeyOfRow(String relation, @Nullable String condition, long number) {
        return selectKey()
                + query.from(Evaluation.SOURCE, relation, source.name(), condition)
                + " OFFSET "
                + (number - 1)
                + " LIMIT 1";
    }

    /**
     * The key of each of some rows of the driving table.
     *
     * @param relation a FROM item without an alias that gives them
     */
    public String selectKey(String relation) {
        return selectKey() + " FROM " + relation + " AS " + Identifier.quote(source.name());
    }

    private String selectKey() {
        String alias = Identifier.quote(source.name()) + ".";
        return "SELECT pg_catalog.concat_ws(', ', "
                + (sourceKey.isEmpty() ? List.of("ctid") : sourceKey)
                        .stream()
                                .map(column -> alias + Identifier.quote(column) + "::text")
                                .collect(Collectors.joining(", "))
                + ")";
    }

    /**
     * Evaluates one column, and nothing else, for the first rows that {@link #select} gives.
     *
     * @param rows how many
     */
    public String selectColumn(
            DerivedColumn column, String relation, @Nullable String condition, long rows) {
        return "SELECT pg_catalog.count(value) FROM (SELECT "
                + column.expression()
                + " AS value"
                + query.from(Evaluation.SOURCE, relation, source.name(), condition)
                + " LIMIT "
                + rows
                + ") AS first_rows";
    }

    /** The same rows for another table of the same shape, such as a temporary one. */
    public Derivation into(TableName other) {
        return new Derivation(
                entry, source, sourceKey, other, columns, query, lineage, strategy, claim);
    }

    /** The same rows with these columns alone. */
    public Derivation with(List<DerivedColumn> some) {
        return new Derivation(
                entry, source, sourceKey, target, some, query, lineage, strategy, claim);
    }

    /** The same derivation under another name. */
    public Derivation named(String name) {
        return new Derivation(
                name, source, sourceKey, target, columns, query, lineage, strategy, claim);
    }

    /** Whether the other one leads from the same source table to the same target table. */
    public boolean samePair(Derivation other) {
        return source.equals(other.source) && target.equals(other.target);
    }

    /** Whether SQL of the user's runs in it, which may name functions of the schema public. */
    public boolean holdsOwnSql() {
        return !query.equals(RowQuery.ALL)
                || columns.stream()
                        .anyMatch(column -> column.origin() == DerivedColumn.Origin.COMPUTED);
    }

    /** How the target column gets its value, if the entry feeds it. */
    public Optional<DerivedColumn> column(String name) {
        return columns.stream().filter(column -> column.target().equals(name)).findFirst();
    }

    /** The target columns, quoted and in parentheses, in the order of the SELECT. */
    public String targetColumns() {
        return columns.isEmpty()
                ? ""
                : "("
                        + Identifier.quoteAll(columns.stream().map(DerivedColumn::target).toList())
                        + ")";
    }
}
