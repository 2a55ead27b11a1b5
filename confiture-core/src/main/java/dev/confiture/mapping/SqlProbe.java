package dev.confiture.mapping;

import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
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
     * @throws dev.confiture.error.ConfitureException with the server's words if it is not valid
     */
    Answer prove(Rendering select, Evaluation evaluation);

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
     * @param effects what its list of columns does to the rows that it reads
     * @param runsOnTarget whether the target can run it too, over the foreign tables
     */
    record Answer(
            List<ResultColumn> columns,
            Map<TableName, Set<String>> reads,
            List<Call> calls,
            List<RowEffect> effects,
            boolean runsOnTarget) {
        public Answer {
            columns = List.copyOf(columns);
            reads = Map.copyOf(reads);
            calls = List.copyOf(calls);
            effects = List.copyOf(effects);
        }
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
