package dev.confiture.mapping;

import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which rows an entry reads: what stands in its SELECT behind the list of columns. */
public sealed interface RowQuery {
    /** The rows of the driving table, as they are. */
    RowQuery ALL = new FromTable(List.of(), null);

    /**
     * {@code FROM … WHERE …}.
     *
     * @param driving SQL for what is read in place of the driving table
     * @param alias what the entry's SQL calls the driving table
     * @param condition a restriction of the caller's, or null
     */
    String from(Evaluation place, String driving, String alias, @Nullable String condition);

    /** Whether its rows are those of the driving table, one by one, so that it can be cut. */
    boolean followsTheDrivingTable();

    /**
     * Rows of the driving table, with the partners that they have in other tables.
     *
     * @param where SQL of the user's, or null
     */
    record FromTable(List<Joined> joins, @Nullable String where) implements RowQuery {
        public FromTable {
            joins = List.copyOf(joins);
        }

        @Override
        public String from(
                Evaluation place, String driving, String alias, @Nullable String condition) {
            StringBuilder from = new StringBuilder(" FROM " + driving + " AS ");
            from.append(Identifier.quote(alias));
            joins.forEach(join -> from.append(join.sql(place)));
            String conditions =
                    Stream.of(where == null ? null : enclose(where), condition)
                            .filter(Objects::nonNull)
                            .collect(Collectors.joining(" AND "));
            return conditions.isEmpty() ? from.toString() : from + " WHERE " + conditions;
        }

        @Override
        public boolean followsTheDrivingTable() {
            return true;
        }
    }

    /** The rows of a query of the user's. */
    record OwnSelect(String sql) implements RowQuery {
        @Override
        public String from(
                Evaluation place, String driving, String alias, @Nullable String condition) {
            String from = " FROM " + enclose(sql) + " AS " + Identifier.quote(alias);
            return condition == null ? from : from + " WHERE " + condition;
        }

        @Override
        public boolean followsTheDrivingTable() {
            return false;
        }
    }

    /**
     * A joined table.
     *
     * @param ownRows the table as a FROM item on the source
     */
    record Joined(
            TableName table, String ownRows, String alias, LongForm.Join.Type type, String on) {
        String sql(Evaluation place) {
            String item =
                    place == Evaluation.SOURCE ? ownRows : ForeignTableName.of(table).quoted();
            return " "
                    + type.sql()
                    + " "
                    + item
                    + " AS "
                    + Identifier.quote(alias)
                    + " ON "
                    + enclose(on);
        }
    }

    /** The user's SQL may end in a comment, which the line break ends. */
    static String enclose(String sql) {
        return "(" + sql + "\n)";
    }
}
