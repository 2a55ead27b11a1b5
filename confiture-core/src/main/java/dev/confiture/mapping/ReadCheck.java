package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.LongForm.Depends;
import dev.confiture.mapping.SqlProbe.Answer;
import dev.confiture.mapping.SqlProbe.Call;
import dev.confiture.mapping.SqlProbe.Volatility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses SQL whose result could be another one tomorrow: a volatile function, or a table that the
 * entry does not say how to follow.
 */
final class ReadCheck {
    /** Stable within one statement, but another one in the next. */
    private static final Set<String> TELL_THE_TIME_OR_THE_SESSION =
            Set.of(
                    "now()",
                    "transaction_timestamp()",
                    "statement_timestamp()",
                    "pg_catalog.now()",
                    "CURRENT_TIMESTAMP",
                    "current_setting(text)",
                    "current_setting(text,boolean)",
                    "txid_current_snapshot()",
                    "pg_current_snapshot()",
                    "pg_backend_pid()",
                    "current_database()",
                    "version()");

    private final Mapping.Entry entry;
    private final Table source;
    private final Catalog sourceCatalog;
    private final Problems problems;

    ReadCheck(Mapping.Entry entry, Table source, Catalog sourceCatalog, Problems problems) {
        this.entry = entry;
        this.source = source;
        this.sourceCatalog = sourceCatalog;
        this.problems = problems;
    }

    void refuseUnsteady(Answer answer) {
        for (Call call : answer.calls()) {
            if (call.volatility() == Volatility.VOLATILE
                    || TELL_THE_TIME_OR_THE_SESSION.contains(call.function())) {
                problems.add(
                        ErrorCode.MAPPING,
                        entry,
                        "calls "
                                + call.function()
                                + ", which gives another value every time: copy, catch-up and"
                                + " verify would disagree",
                        "Leave the column to a default of the target, or compute it from columns"
                                + " of the source.");
            } else if (call.volatility() == Volatility.STABLE && !call.builtIn()) {
                problems.add(
                        ErrorCode.MAPPING,
                        entry,
                        "calls "
                                + call.function()
                                + ", which is STABLE: it may read tables that nothing follows",
                        "If it reads none: ALTER FUNCTION "
                                + call.function()
                                + " IMMUTABLE; else join the table instead.");
            }
        }
    }

    /** Why the result may be another one on the other server, or an empty text. */
    static String placeBound(Answer answer) {
        if (!answer.runsOnTarget()) {
            return "the target server cannot run its SQL";
        }
        return answer.calls().stream()
                .filter(call -> !call.builtIn() || call.volatility() != Volatility.IMMUTABLE)
                .findFirst()
                .map(
                        call ->
                                "it calls "
                                        + call.function()
                                        + ", which may give another value on the target server")
                .orElse("");
    }

    /** Refuses declarations about tables that do not exist or are not read. */
    boolean declarationsHold(Answer answer) {
        boolean hold = true;
        for (Depends depends : entry.longForm().depends()) {
            Optional<Table> table =
                    TableLookup.read(
                            sourceCatalog, depends.table(), depends.position(), entry, problems);
            if (table.isEmpty()) {
                hold = false;
            } else if (!answer.reads().containsKey(depends.table())) {
                hold = false;
                problems.add(
                        ErrorCode.MAPPING,
                        depends.position(),
                        entry,
                        "depends: its SQL does not read " + depends.table(),
                        "Take the table out of depends.");
            }
        }
        return hold;
    }

    /** Every table that is read besides the driving one, with the way from it to the key. */
    List<Dependency> dependencies(Answer answer, List<String> targetKey) {
        List<Dependency> dependencies = new ArrayList<>();
        for (TableName table : answer.reads().keySet()) {
            if (isCovered(table)) {
                continue;
            }
            Optional<Dependency> dependency =
                    declared(table, targetKey)
                            .or(() -> JoinCondition.dependency(entry, source, table));
            dependency.ifPresentOrElse(dependencies::add, () -> undeclared(table));
        }
        return dependencies;
    }

    /** The driving table leads to its own rows, unless a query of the user's mixes them. */
    private boolean isCovered(TableName table) {
        return table.equals(source.name()) && entry.longForm().select() == null;
    }

    private Optional<Dependency> declared(TableName table, List<String> targetKey) {
        return entry.longForm().depends().stream()
                .filter(depends -> depends.table().equals(table))
                .findFirst()
                .filter(depends -> fits(depends, targetKey))
                .map(
                        depends ->
                                new Dependency(
                                        table,
                                        depends.columns().stream()
                                                .map(LongForm.Named::name)
                                                .toList(),
                                        Dependency.LeadsTo.TARGET_KEY,
                                        targetKey));
    }

    /** Always true: what is wrong is reported here, and is no missing declaration besides. */
    private boolean fits(Depends depends, List<String> targetKey) {
        Table table = sourceCatalog.require(depends.table());
        for (LongForm.Named column : depends.columns()) {
            if (table.column(column.name()).isEmpty()) {
                TableLookup.columnNotFound(column, table, entry, problems);
            }
        }
        if (depends.columns().size() != targetKey.size()) {
            problems.add(
                    ErrorCode.MAPPING,
                    depends.position(),
                    entry,
                    "depends: "
                            + depends.columns().size()
                            + " columns of "
                            + depends.table()
                            + " cannot lead to the key ("
                            + String.join(", ", targetKey)
                            + ")",
                    "Name one column for each column of the key, in the same order.");
        }
        return true;
    }

    private void undeclared(TableName table) {
        problems.add(
                ErrorCode.MAPPING,
                entry,
                "reads " + table + " without saying which of its columns lead to the key",
                "Add: depends: {"
                        + TableReference.write(table)
                        + ": [COLUMN, …]}, one column for each column of the key.");
    }
}
