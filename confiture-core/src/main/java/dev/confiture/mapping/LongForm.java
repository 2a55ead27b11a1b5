package dev.confiture.mapping;

import dev.confiture.catalog.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says beyond pairs of columns, in SQL of the user's.
 *
 * @param expressions target columns computed from source columns
 * @param where which rows are carried, or null for all
 * @param joins tables whose columns the expressions may read too
 * @param select the whole query, or null; then there are neither expressions, where nor joins
 * @param key the target columns that identify a row, or empty for the images of the source's key
 * @param depends which columns of the other tables that are read lead to the key
 * @param reverse source columns computed from target columns, for the way back
 * @param turned what only an entry of the way back says
 */
public record LongForm(
        List<Expression> expressions,
        @Nullable Fragment where,
        List<Join> joins,
        @Nullable Fragment select,
        List<Named> key,
        List<Depends> depends,
        Evaluation evaluation,
        List<Expression> reverse,
        Turned turned) {
    /** An entry of the short form. */
    public static final LongForm NONE =
            new LongForm(
                    List.of(),
                    null,
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    Evaluation.SOURCE,
                    List.of(),
                    Turned.NOT);

    public LongForm {
        expressions = List.copyOf(expressions);
        joins = List.copyOf(joins);
        key = List.copyOf(key);
        depends = List.copyOf(depends);
        reverse = List.copyOf(reverse);
    }

    /** Whether there is SQL of the user's in it. */
    boolean holdsSql() {
        return !expressions.isEmpty() || where != null || !joins.isEmpty() || select != null;
    }

    /** Source column to SQL over target columns. */
    Map<String, String> reverseSql() {
        Map<String, String> sql = new LinkedHashMap<>();
        reverse.forEach(column -> sql.put(column.column(), column.value().sql()));
        return sql;
    }

    /**
     * What an entry that is another one turned round knows beyond what a person writes.
     *
     * @param held columns of the driving table that {@code where} holds at one value, so that the
     *     rest of a key that they are part of is a key too
     * @param claim SQL over the table that is fed: which of its rows are the entry's, or null for
     *     all
     */
    public record Turned(Set<String> held, @Nullable String claim) {
        /** Of an entry as people write it. */
        public static final Turned NOT = new Turned(Set.of(), null);

        public Turned {
            held = Set.copyOf(held);
        }
    }

    /** SQL as written. */
    public record Fragment(String sql, Position position) {}

    /** A column's name as written. */
    public record Named(String name, Position position) {}

    /** A column and the SQL that computes it. */
    public record Expression(String column, Fragment value) {}

    /**
     * A table that is joined to the driving table.
     *
     * @param alias what the SQL calls it
     * @param type {@code inner} or {@code left}
     * @param on the condition
     */
    public record Join(TableName table, String alias, Type type, Fragment on, Position position) {
        /** Whether a row of the driving table without a partner is carried. */
        public enum Type {
            INNER("JOIN"),
            LEFT("LEFT JOIN");

            private final String sql;

            Type(String sql) {
                this.sql = sql;
            }

            String sql() {
                return sql;
            }
        }
    }

    /**
     * A table that is read besides the driving table.
     *
     * @param columns its columns that lead to the key, in the key's order
     */
    public record Depends(TableName table, List<Named> columns, Position position) {
        public Depends {
            columns = List.copyOf(columns);
        }
    }
}
