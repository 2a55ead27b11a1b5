package dev.confiture.mapping;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import java.util.List;
import java.util.function.Function;
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
 * @param strategy the strategy that the entry asks for, or null
 */
public record Derivation(
        String entry,
        TableName source,
        List<String> sourceKey,
        TableName target,
        List<DerivedColumn> columns,
        @Nullable Strategy strategy) {
    public Derivation {
        sourceKey = List.copyOf(sourceKey);
        columns = List.copyOf(columns);
    }

    /**
     * The rows of this entry, to be run where the source's types are known. The columns have the
     * names of the target's.
     *
     * @param relation what to read in place of the driving table: SQL for a FROM item without an
     *     alias, such as {@code ONLY "public"."old_users"}, one of its partitions, or its foreign
     *     table
     * @param condition a further restriction over the driving table's columns, or null
     */
    public String select(String relation, @Nullable String condition) {
        return render(relation, condition, DerivedColumn::expression);
    }

    /** The same rows for {@code INSERT … SELECT} on the target, with types that only it knows. */
    public String selectOnTarget(String relation, @Nullable String condition) {
        return render(relation, condition, Derivation::castOnTarget);
    }

    private static String castOnTarget(DerivedColumn column) {
        return column.targetCast() == null
                ? column.expression()
                : "CAST(" + column.expression() + " AS " + column.targetCast() + ")";
    }

    private String render(
            String relation,
            @Nullable String condition,
            Function<DerivedColumn, String> expression) {
        return "SELECT "
                + columns.stream()
                        .map(
                                column ->
                                        expression.apply(column)
                                                + " AS "
                                                + Identifier.quote(column.target()))
                        .collect(Collectors.joining(", "))
                + " FROM "
                + relation
                + " AS "
                + Identifier.quote(source.name())
                + (condition == null ? "" : " WHERE " + condition);
    }

    /**
     * The key of one row, as text for a message.
     *
     * @param number which row that {@link #select} gives, from 1
     */
    public String selectKeyOfRow(String relation, @Nullable String condition, long number) {
        String alias = Identifier.quote(source.name()) + ".";
        return "SELECT concat_ws(', ', "
                + sourceKey.stream()
                        .map(column -> alias + Identifier.quote(column) + "::text")
                        .collect(Collectors.joining(", "))
                + ") FROM "
                + relation
                + " AS "
                + Identifier.quote(source.name())
                + (condition == null ? "" : " WHERE " + condition)
                + " OFFSET "
                + (number - 1)
                + " LIMIT 1";
    }

    /** The same rows for another table of the same shape, such as a temporary one. */
    public Derivation into(TableName other) {
        return new Derivation(entry, source, sourceKey, other, columns, strategy);
    }

    /** The same derivation under another name. */
    public Derivation named(String name) {
        return new Derivation(name, source, sourceKey, target, columns, strategy);
    }

    /** Whether the other one leads from the same source table to the same target table. */
    public boolean samePair(Derivation other) {
        return source.equals(other.source) && target.equals(other.target);
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
