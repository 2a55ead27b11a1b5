package dev.confiture.mapping;

import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the servers what a SELECT reads, calls and gives; nothing is ever guessed from its text. */
public interface SqlProbe {
    /**
     * What the server says of a SELECT.
     *
     * @param select the SELECT as it reads on a given server
     * @param key the columns that identify a row of a query of the user's, which is the SELECT's
     *     FROM; empty if it has none
     * @throws dev.confiture.error.ConfitureException with the server's words if it is not valid
     */
    Answer prove(Rendering select, Evaluation evaluation, List<String> key);

    /** Why the source will not run a SELECT, with the hint to it; empty if it will. */
    Optional<ConfitureException> refusal(String selectOnSource);

    /** A SELECT that names its tables differently on either server. */
    interface Rendering {
        String on(Evaluation place);
    }

    /**
     * What was found out.
     *
     * @param columns the result's columns in their order
     * @param reads source tables and the columns of theirs that are touched
     * @param structure how it makes its rows
     * @param holdsClock whether a word in it, such as 'today', has become a constant
     * @param runsOnTarget whether the target can run it too, over the foreign tables
     */
    record Answer(
            List<ResultColumn> columns,
            Map<TableName, Set<String>> reads,
            List<Call> calls,
            Structure structure,
            boolean holdsClock,
            boolean runsOnTarget) {
        public Answer {
            columns = List.copyOf(columns);
            reads = Map.copyOf(reads);
            calls = List.copyOf(calls);
        }
    }

    /**
     * How a SELECT makes its rows.
     *
     * @param effects what its list of columns does to the rows that it reads
     * @param scans how often it reads each table, in subselects too
     * @param joins by what the SQL calls them, the tables that are joined to the first of FROM
     * @param mixing what takes rows of different keys together, if anything does
     */
    record Structure(
            List<RowEffect> effects,
            Map<TableName, Integer> scans,
            Map<String, JoinedOn> joins,
            Optional<Mixing> mixing) {
        /** Of a SELECT that reads nothing. */
        static final Structure EMPTY =
                new Structure(List.of(), Map.of(), Map.of(), Optional.empty());

        public Structure {
            effects = List.copyOf(effects);
            scans = Map.copyOf(scans);
            joins = Map.copyOf(joins);
        }
    }

    /**
     * How the conditions tie a joined table to the others.
     *
     * @param ties columns of it, each with the column of the driving table that it equals
     * @param fixed columns of it that equal something made of the tables before it
     */
    record JoinedOn(Map<String, String> ties, Set<String> fixed) {
        public JoinedOn {
            ties = Collections.unmodifiableMap(new LinkedHashMap<>(ties));
            fixed = Set.copyOf(fixed);
        }
    }

    /** What takes many rows together, so that one of them has a part in the rows of other keys. */
    enum Mixing {
        LIMIT,
        GROUP_BY,
        DISTINCT_ON,
        WINDOW,
        RECURSION
    }

    /** What a list of columns can do to rows besides computing a value from each. */
    enum RowEffect {
        /** Makes one row of many. */
        AGGREGATE,
        /** Computes a value from other rows too, such as {@code row_number()}. */
        WINDOW,
        /** Makes several rows of one, such as {@code unnest()}. */
        SET
    }

    record ResultColumn(String name, ColumnType type) {}

    /**
     * A function that is called, be it through an operator.
     *
     * @param builtIn whether every PostgreSQL server has it
     */
    record Call(String function, Volatility volatility, boolean builtIn) {}

    /** {@code pg_proc.provolatile}. */
    enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }
}
