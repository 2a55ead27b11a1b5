package dev.confiture.lineage;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.mapping.SqlProbe;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.Session.ResultField;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the SELECT a temporary view over the foreign tables on the target and reads what the server
 * recorded of it; the transaction is rolled back. The result's types come from the server on which
 * the SELECT is going to run. Where the target cannot run it, the view is made on the source, also
 * to be rolled back.
 */
public final class ServerProbe implements SqlProbe {
    private static final String VIEW = "CREATE TEMPORARY VIEW confiture_probe AS ";

    private final Session source;
    private final Session target;
    private final Map<TableName, TableName> sourceOfForeign = new HashMap<>();

    public ServerProbe(Session source, Session target, Catalog sourceCatalog) {
        this.source = source;
        this.target = target;
        sourceCatalog
                .tables()
                .keySet()
                .forEach(table -> sourceOfForeign.put(ForeignTableName.of(table), table));
    }

    @Override
    public Answer prove(Rendering select, Evaluation evaluation) {
        List<ResultColumn> columns;
        try {
            columns = describe(select, evaluation);
        } catch (SqlFailure failure) {
            throw failure.is(SqlState.UNDEFINED_COLUMN)
                    ? new ConfitureException(
                            ErrorCode.COLUMN_NOT_FOUND,
                            failure.getMessage(),
                            failure.hint(),
                            failure)
                    : failure;
        }
        try {
            return viewed(target, Evaluation.TARGET, select.on(Evaluation.TARGET), columns);
        } catch (SqlFailure onTarget) {
            if (evaluation == Evaluation.TARGET) {
                throw onTarget;
            }
            return viewedOnSource(select, columns, onTarget);
        }
    }

    @Override
    public Optional<ConfitureException> refusal(String selectOnSource) {
        try {
            describe(place -> selectOnSource, Evaluation.SOURCE);
            return Optional.empty();
        } catch (SqlFailure failure) {
            return Optional.of(failure);
        }
    }

    private Answer viewedOnSource(
            Rendering select, List<ResultColumn> columns, SqlFailure onTarget) {
        try {
            return viewed(source, Evaluation.SOURCE, select.on(Evaluation.SOURCE), columns);
        } catch (SqlFailure onSource) {
            if (onSource.is(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw new ConfitureException(
                        ErrorCode.MAPPING,
                        "what its SQL reads cannot be found out: on the target, "
                                + onTarget.getMessage()
                                + "; on the source, "
                                + onSource.getMessage(),
                        "Make its functions and types known to the target, or allow the source's"
                                + " role temporary views: GRANT TEMPORARY ON DATABASE … TO ….",
                        onSource);
            }
            throw onSource;
        }
    }

    private List<ResultColumn> describe(Rendering select, Evaluation evaluation) {
        Session session = evaluation == Evaluation.SOURCE ? source : target;
        List<ResultField> fields =
                session.inSnapshot(
                        () -> {
                            session.execute(MappingPath.statement(evaluation));
                            return session.describe(
                                    "SELECT * FROM (" + select.on(evaluation) + "\n) q LIMIT 0");
                        });
        List<ColumnType> types =
                session.query(
                        SqlText.named("lineage/describe_types"),
                        row ->
                                new ColumnType(
                                        row.text(1),
                                        row.text(1),
                                        row.truth(2),
                                        ColumnType.Kind.valueOf(row.text(3))),
                        fields.stream().map(field -> String.valueOf(field.type())).toList());
        if (types.size() != fields.size()) {
            throw new IllegalStateException("a type is unknown to its own server: " + fields);
        }
        List<ResultColumn> columns = new ArrayList<>();
        for (int index = 0; index < fields.size(); index++) {
            columns.add(new ResultColumn(fields.get(index).name(), types.get(index)));
        }
        return columns;
    }

    private Answer viewed(
            Session session, Evaluation place, String select, List<ResultColumn> columns) {
        return session.inDiscardedTransaction(
                () -> {
                    session.execute(MappingPath.statement(place));
                    session.execute(VIEW + select);
                    session.execute("SET LOCAL search_path = ''");
                    return new Answer(
                            columns, reads(session, place), calls(session), isTarget(place));
                });
    }

    private static boolean isTarget(Evaluation place) {
        return place == Evaluation.TARGET;
    }

    private Map<TableName, Set<String>> reads(Session session, Evaluation place) {
        Map<TableName, Set<String>> reads = new TreeMap<>();
        session.query(
                        SqlText.named("lineage/list_reads"),
                        row ->
                                new Read(
                                        new TableName(row.text(1), row.text(2)),
                                        Optional.ofNullable(row.textOrNull(3))))
                .forEach(
                        read -> {
                            Set<String> columns =
                                    reads.computeIfAbsent(
                                            sourceTable(read.table, place), any -> new TreeSet<>());
                            read.column.ifPresent(columns::add);
                        });
        return reads;
    }

    private record Read(TableName table, Optional<String> column) {}

    private TableName sourceTable(TableName table, Evaluation place) {
        return place == Evaluation.SOURCE ? table : sourceOfForeign.getOrDefault(table, table);
    }

    private static List<Call> calls(Session session) {
        return session.query(
                SqlText.named("lineage/list_calls"),
                row -> new Call(row.text(1), Volatility.valueOf(row.text(2)), row.truth(3)));
    }
}
