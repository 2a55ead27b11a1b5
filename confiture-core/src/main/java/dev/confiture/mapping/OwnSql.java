package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.LongForm.Expression;
import dev.confiture.mapping.LongForm.Fragment;
import dev.confiture.mapping.SqlProbe.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Proves the expressions, joins and condition of an entry: the servers say what they read and give.
 * If they are refused as a whole, the piece that is wrong is found by trying them one by one.
 */
final class OwnSql {
    private final Mapping.Entry entry;
    private final Table source;
    private final Catalog sourceCatalog;
    private final SqlProbe probe;
    private final Problems problems;

    OwnSql(EntryScope scope) {
        this.entry = scope.entry();
        this.source = scope.source();
        this.sourceCatalog = scope.sourceCatalog();
        this.probe = scope.probe();
        this.problems = scope.problems();
    }

    /** What the SQL gives and reads, or empty if it is wrong; then the problem is noted. */
    Optional<Answer> prove() {
        List<Expression> expressions = entry.longForm().expressions();
        Optional<RowQuery.FromTable> query = query();
        if (query.isEmpty()) {
            return Optional.empty();
        }
        try {
            Answer answer = ask(values(expressions), query.get());
            return oneValueEach(expressions, answer) && keepsRows(expressions, query.get(), answer)
                    ? Optional.of(answer)
                    : Optional.empty();
        } catch (ConfitureException refused) {
            report(query.get(), refused);
            return Optional.empty();
        }
    }

    /** The joins and the condition, or empty if a joined table does not exist. */
    Optional<RowQuery.FromTable> query() {
        List<RowQuery.Joined> joins = new ArrayList<>();
        for (LongForm.Join join : entry.longForm().joins()) {
            Optional<Table> table =
                    TableLookup.read(sourceCatalog, join.table(), join.position(), entry, problems);
            if (table.isEmpty()) {
                return Optional.empty();
            }
            joins.add(
                    new RowQuery.Joined(
                            join.table(),
                            table.get().ownRows(),
                            join.alias(),
                            join.type(),
                            join.on().sql()));
        }
        Fragment where = entry.longForm().where();
        return Optional.of(new RowQuery.FromTable(joins, where == null ? null : where.sql()));
    }

    private static List<String> values(List<Expression> expressions) {
        return expressions.stream().map(expression -> expression.value().sql()).toList();
    }

    private Answer ask(List<String> values, RowQuery query) {
        String list =
                IntStream.range(0, values.size())
                        .mapToObj(index -> RowQuery.enclose(values.get(index)) + " AS c" + index)
                        .collect(Collectors.joining(", "));
        return probe.prove(
                place ->
                        "SELECT "
                                + list
                                + query.from(place, driving(place), source.name().name(), null),
                entry.longForm().evaluation(),
                List.of());
    }

    private String driving(Evaluation place) {
        return place == Evaluation.SOURCE
                ? source.ownRows()
                : ForeignTableName.of(source.name()).quoted();
    }

    /** {@code a, b} is a row where a value belongs. */
    private boolean oneValueEach(List<Expression> expressions, Answer answer) {
        if (answer.columns().size() != expressions.size()) {
            problems.add(
                    ErrorCode.MAPPING,
                    entry,
                    "an expression gives more than one value",
                    "Write one expression for each target column.");
            return false;
        }
        return true;
    }

    /** A row of the driving table gives one row, whose values hang on no other row. */
    private boolean keepsRows(
            List<Expression> expressions, RowQuery.FromTable query, Answer answer) {
        if (answer.structure().effects().isEmpty()) {
            return true;
        }
        for (Expression expression : expressions) {
            ask(List.of(expression.value().sql()), query).structure().effects().stream()
                    .findFirst()
                    .ifPresent(effect -> refuse(expression, effect));
        }
        return false;
    }

    private void refuse(Expression expression, SqlProbe.RowEffect effect) {
        problems.add(
                ErrorCode.MAPPING,
                expression.value().position(),
                entry,
                piece(expression)
                        + ": "
                        + switch (effect) {
                            case AGGREGATE -> "an aggregate makes one row of many";
                            case WINDOW ->
                                    "a window function looks at all rows, but rows are read in"
                                            + " pieces";
                            case SET -> "a function that returns a set makes several rows of one";
                        },
                "Put it into a subselect, (SELECT … FROM …), or write a select for the entry.");
    }

    private static String piece(Expression expression) {
        return "expression for \"" + expression.column() + "\"";
    }

    private void report(RowQuery.FromTable query, ConfitureException refused) {
        for (int count = 1; count <= query.joins().size(); count++) {
            if (!accepts(
                    List.of(), new RowQuery.FromTable(query.joins().subList(0, count), null))) {
                LongForm.Join join = entry.longForm().joins().get(count - 1);
                String piece = "join on " + TableReference.write(join.table());
                add(join.position(), piece, refused, names(query, count));
                return;
            }
        }
        RowQuery.FromTable joinsOnly = new RowQuery.FromTable(query.joins(), null);
        Fragment where = entry.longForm().where();
        if (where != null && !accepts(List.of(), query)) {
            add(where.position(), "where", refused, null);
            return;
        }
        for (Expression expression : entry.longForm().expressions()) {
            try {
                Answer alone = ask(List.of(expression.value().sql()), joinsOnly);
                if (!alone.structure().effects().isEmpty()) {
                    refuse(expression, alone.structure().effects().getFirst());
                    return;
                }
            } catch (ConfitureException because) {
                add(expression.value().position(), piece(expression), because, null);
                return;
            }
        }
        add(entry.position(), "its SQL", refused, null);
    }

    private String names(RowQuery.FromTable query, int joined) {
        String aliases =
                query.joins().subList(0, joined).stream()
                        .map(RowQuery.Joined::alias)
                        .collect(Collectors.joining(", "));
        return "In the entry's SQL the tables are called "
                + source.name().name()
                + ", "
                + aliases
                + "; \"as\" gives a joined table another name.";
    }

    private boolean accepts(List<String> values, RowQuery query) {
        try {
            ask(values, query);
            return true;
        } catch (ConfitureException refused) {
            return false;
        }
    }

    private void add(
            Position position, String piece, ConfitureException refused, @Nullable String hint) {
        new Refusal(refused, sourceCatalog).report(problems, entry, position, piece, hint);
    }

    /** The target columns that the expressions feed, cast to the types of the target. */
    static List<DerivedColumn> columns(List<Expression> expressions, Answer answer, Table target) {
        List<DerivedColumn> columns = new ArrayList<>();
        for (int index = 0; index < expressions.size(); index++) {
            Expression expression = expressions.get(index);
            SqlProbe.ResultColumn result = answer.columns().get(index);
            target.column(expression.column())
                    .map(
                            column ->
                                    ColumnCast.computed(
                                            RowQuery.enclose(expression.value().sql()),
                                            result.type(),
                                            column))
                    .ifPresent(columns::add);
        }
        return columns;
    }

    /** The columns of a query of the user's, by their names. */
    static DerivedColumn column(Table source, SqlProbe.ResultColumn result, Column target) {
        String reference =
                Identifier.quote(source.name().name()) + "." + Identifier.quote(result.name());
        return ColumnCast.computed(reference, result.type(), target);
    }
}
