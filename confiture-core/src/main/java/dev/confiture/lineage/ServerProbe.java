package dev.confiture.lineage;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.mapping.SqlProbe;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the SELECT a temporary view over the foreign tables on the target and reads what the server
 * recorded of it; the transaction is rolled back. The result's types come from the server on which
 * the SELECT is going to run. Where the target cannot run it, or would read tables of its own in
 * place of the source's, the view is made on the source, also to be rolled back.
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
    public Answer prove(Rendering select, Evaluation evaluation, List<String> key) {
        Session runsOn = evaluation == Evaluation.SOURCE ? source : target;
        List<ResultColumn> columns = describe(runsOn, evaluation, select.on(evaluation));
        if (columns.stream().anyMatch(column -> column.type().base().equals("record"))) {
            throw new ConfitureException(
                    ErrorCode.MAPPING,
                    "gives a row where a single value is needed",
                    "Write one expression for each target column.");
        }
        String onTarget = select.on(Evaluation.TARGET);
        if (evaluation == Evaluation.TARGET) {
            return viewedOnTarget(onTarget, columns, key);
        }
        String whyNotOnTarget;
        try {
            Viewed viewed = viewed(Evaluation.TARGET, onTarget, columns, key);
            if (viewed.targetsOwn.isEmpty()) {
                return viewed.answer;
            }
            whyNotOnTarget = "it would read a table of the target's own: " + viewed.targetsOwn;
        } catch (SqlFailure failure) {
            whyNotOnTarget = failure.getMessage();
        }
        return viewedOnSource(select, columns, key, whyNotOnTarget);
    }

    @Override
    public Optional<ConfitureException> refusal(String selectOnSource) {
        try {
            describe(source, Evaluation.SOURCE, selectOnSource);
            return Optional.empty();
        } catch (ConfitureException failure) {
            return Optional.of(failure);
        }
    }

    private static List<ResultColumn> describe(Session session, Evaluation place, String select) {
        try {
            return ResultTypes.describe(session, place, select);
        } catch (SqlFailure failure) {
            throw ProbeFailure.of(failure, select);
        }
    }

    private Answer viewedOnTarget(String select, List<ResultColumn> columns, List<String> key) {
        try {
            return viewed(Evaluation.TARGET, select, columns, key).answer;
        } catch (SqlFailure failure) {
            throw ProbeFailure.of(failure, select);
        }
    }

    private Answer viewedOnSource(
            Rendering select, List<ResultColumn> columns, List<String> key, String whyNotOnTarget) {
        try {
            String onSource = select.on(Evaluation.SOURCE);
            return viewed(Evaluation.SOURCE, onSource, columns, key).answer;
        } catch (SqlFailure failure) {
            if (failure.is(SqlState.INSUFFICIENT_PRIVILEGE)
                    || failure.is(SqlState.READ_ONLY_SQL_TRANSACTION)
                    || failure.is(SqlState.FEATURE_NOT_SUPPORTED)) {
                throw new ConfitureException(
                        ErrorCode.MAPPING,
                        "what its SQL reads cannot be found out: on the target, "
                                + whyNotOnTarget
                                + "; on the source, "
                                + failure.getMessage(),
                        "Make its functions and types known to the target, or allow the source's"
                                + " role temporary views: GRANT TEMPORARY ON DATABASE … TO ….",
                        failure);
            }
            throw ProbeFailure.of(failure, select.on(Evaluation.SOURCE));
        }
    }

    /**
     * What a server recorded of the view.
     *
     * @param targetsOwn tables that are neither the source's nor the system's
     */
    private record Viewed(Answer answer, Set<TableName> targetsOwn) {}

    private Viewed viewed(
            Evaluation place, String select, List<ResultColumn> columns, List<String> key) {
        Session session = place == Evaluation.SOURCE ? source : target;
        return session.inDiscardedTransaction(
                () -> {
                    session.execute(MappingPath.statement(place));
                    session.execute(VIEW + select);
                    session.execute("SET LOCAL search_path = ''");
                    RecordedView view = RecordedView.of(session);
                    Map<TableName, TableName> names = new HashMap<>();
                    view.tables().forEach(table -> names.put(table, sourceTable(place, table)));
                    Set<TableName> targetsOwn = new TreeSet<>();
                    view.tables().stream()
                            .filter(table -> isTargetsOwn(place, table))
                            .forEach(targetsOwn::add);
                    targetsOwn.forEach(names::remove);
                    Answer answer =
                            new Answer(
                                    columns,
                                    view.reads(names),
                                    calls(session),
                                    view.structure(names, key),
                                    holdsClock(session, select),
                                    place == Evaluation.TARGET);
                    return new Viewed(answer, targetsOwn);
                });
    }

    private TableName sourceTable(Evaluation place, TableName table) {
        return place == Evaluation.SOURCE ? table : sourceOfForeign.getOrDefault(table, table);
    }

    private boolean isTargetsOwn(Evaluation place, TableName table) {
        return place == Evaluation.TARGET
                && !isSystem(table)
                && !sourceOfForeign.containsKey(table);
    }

    private static boolean isSystem(TableName table) {
        return table.schema().equals("pg_catalog") || table.schema().equals("information_schema");
    }

    private static List<Call> calls(Session session) {
        return session.query(
                SqlText.named("lineage/list_calls"),
                row -> new Call(row.text(1), Volatility.valueOf(row.text(2)), row.truth(3)));
    }

    private static boolean holdsClock(Session session, String select) {
        return session.queryOne(
                SqlText.named("lineage/find_clock_constant"), row -> row.truth(1), select);
    }
}
