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
import java.util.TreeSet;

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
                    "age(timestamp with time zone)",
                    "age(timestamp without time zone)",
                    "current_setting(text)",
                    "current_setting(text,boolean)",
                    "txid_current_snapshot()",
                    "pg_current_snapshot()",
                    "pg_backend_pid()",
                    "pg_is_in_recovery()",
                    "inet_client_addr()",
                    "inet_client_port()",
                    "inet_server_addr()",
                    "inet_server_port()",
                    "getpgusername()",
                    "current_schema()",
                    "current_schemas(boolean)",
                    "current_database()",
                    "version()");

    private static final Set<String> SYSTEM =
            Set.of("ctid", "tableoid", "xmin", "xmax", "cmin", "cmax");

    private final Mapping.Entry entry;
    private final Table source;
    private final Catalog sourceCatalog;
    private final Problems problems;
    private final JoinCheck joins;

    ReadCheck(EntryScope scope) {
        this.entry = scope.entry();
        this.source = scope.source();
        this.sourceCatalog = scope.sourceCatalog();
        this.problems = scope.problems();
        this.joins = new JoinCheck(scope);
    }

    /** The SQL of {@code reverse} itself is kept for the way back. */
    void reverseNamesColumns() {
        for (LongForm.Expression reverse : entry.longForm().reverse()) {
            if (source.column(reverse.column()).isEmpty()) {
                LongForm.Named name =
                        new LongForm.Named(reverse.column(), reverse.value().position());
                TableLookup.columnNotFound(name, source, entry, problems);
            }
        }
    }

    void refuseUnsteady(Answer answer) {
        if (answer.holdsClock()) {
            problems.add(
                    ErrorCode.MAPPING,
                    entry,
                    "a word such as 'now' or 'today' in its SQL stands for the moment in which it"
                            + " is read: copy, catch-up and verify would disagree",
                    "Write the date or the time out.");
        }
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
                        "Leave it to a default of the target, or compute it from columns of the"
                                + " source.");
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
        boolean hold = readsTablesOnly(answer);
        for (Depends depends : entry.longForm().depends()) {
            boolean read = answer.reads().containsKey(depends.table());
            if (sourceCatalog.table(depends.table()).isEmpty()) {
                hold = false;
                if (!read) {
                    TableLookup.read(
                            sourceCatalog, depends.table(), depends.position(), entry, problems);
                }
            } else if (!read) {
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

    /** What a view or a system table gives changes without a row of a table being seen to. */
    private boolean readsTablesOnly(Answer answer) {
        boolean hold = true;
        for (TableName table : new TreeSet<>(answer.reads().keySet())) {
            Set<String> columns = answer.reads().getOrDefault(table, Set.of());
            Optional<Table> known = sourceCatalog.table(table);
            Optional<String> system =
                    columns.stream()
                            .filter(known.isEmpty() ? any -> false : SYSTEM::contains)
                            .findFirst();
            if (known.isEmpty()) {
                hold = false;
                problems.add(
                        ErrorCode.MAPPING,
                        entry,
                        "reads "
                                + table
                                + ", which is a view or a system table: what it shows changes"
                                + " without being followed",
                        "Read the tables themselves: a view's query can stand in a subselect.");
            } else if (system.isPresent()) {
                hold = false;
                problems.add(
                        ErrorCode.MAPPING,
                        entry,
                        "reads the system column "
                                + system.get()
                                + " of "
                                + table
                                + ", which is another one on every server",
                        "Use the key instead.");
            }
        }
        return hold;
    }

    /** Every table that is read besides the driving one, with the way from it to the key. */
    List<Dependency> dependencies(Answer answer, List<String> targetKey) {
        List<Dependency> dependencies = new ArrayList<>();
        for (TableName table : answer.reads().keySet()) {
            List<Dependency> joined = joins.dependencies(table, answer.structure());
            Optional<Dependency> declared = declared(table, targetKey);
            dependencies.addAll(joined);
            declared.ifPresent(dependencies::add);
            int scans = answer.structure().scans().getOrDefault(table, 1);
            if (declared.isEmpty() && scans > joined.size() + (isDriving(table) ? 1 : 0)) {
                undeclared(table);
            }
        }
        return dependencies;
    }

    /** The driving table leads to its own rows, unless a query of the user's mixes them. */
    private boolean isDriving(TableName table) {
        return table.equals(source.name()) && entry.longForm().select() == null;
    }

    private Optional<Dependency> declared(TableName table, List<String> targetKey) {
        return entry.longForm().depends().stream()
                .filter(depends -> depends.table().equals(table))
                .findFirst()
                .map(
                        depends -> {
                            mustFit(depends, targetKey);
                            return new Dependency(
                                    table,
                                    depends.columns().stream().map(LongForm.Named::name).toList(),
                                    Dependency.LeadsTo.TARGET_KEY,
                                    targetKey);
                        });
    }

    /** What is wrong is reported here, and is no missing declaration besides. */
    private void mustFit(Depends depends, List<String> targetKey) {
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
    }

    private void undeclared(TableName table) {
        problems.add(
                ErrorCode.MAPPING,
                entry,
                "reads "
                        + table
                        + (isDriving(table) ? " a second time" : "")
                        + " without saying which of its columns lead to the key",
                (joins.count(table) > 0 ? wayOut(table) : "Add: ")
                        + "depends: {"
                        + TableReference.write(table)
                        + ": [COLUMN, …]}, one column for each column of the key.");
    }

    private String wayOut(TableName table) {
        return "Write its on as "
                + table.name()
                + ".COLUMN = "
                + source.name().name()
                + ".COLUMN, with AND between several; or add: ";
    }
}
