package dev.confiture.copy;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.copy.StrategySample.Timing;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how each entry is copied, and says why. COPY is always possible. FDW evaluates the
 * mapping on the target, so it is open only to entries whose result cannot depend on the place.
 */
public final class StrategyChoice {
    /** From this many rows on a table goes by COPY without further questions. */
    private static final long COPY_FROM_ROWS = 10_000_000;

    /** Below this many rows a measurement says nothing and either way takes no time. */
    private static final long MEASURE_FROM_ROWS = 10_000;

    /** FDW gives up the one snapshot; a difference within the noise is not worth that. */
    private static final int NOISE_PERCENT = 90;

    private final Ends ends;
    private final FdwObstacles obstacles;
    private final Catalog sourceCatalog;
    private final Catalog targetCatalog;

    public StrategyChoice(
            Ends ends,
            Session source,
            Session target,
            Catalog sourceCatalog,
            Catalog targetCatalog) {
        this.ends = ends;
        this.obstacles = new FdwObstacles(source, target, sourceCatalog);
        this.sourceCatalog = sourceCatalog;
        this.targetCatalog = targetCatalog;
    }

    /**
     * The plan for one entry.
     *
     * @param wanted what the command asks for, or null for automatic; the entry's own wish is
     *     stronger
     */
    public StrategyPlan plan(Derivation derivation, @Nullable Strategy wanted) {
        mustCarrySomething(derivation);
        Optional<String> obstacle = obstacles.of(derivation);
        if (derivation.lineage().evaluation() == Evaluation.TARGET) {
            return onTarget(derivation, wanted, obstacle);
        }
        Strategy fixed = derivation.strategy() != null ? derivation.strategy() : wanted;
        if (fixed == null) {
            return automatic(derivation, obstacle);
        }
        String asked = derivation.strategy() != null ? "the mapping says so" : "--strategy says so";
        if (fixed == Strategy.FDW && obstacle.isPresent()) {
            throw impossible(derivation, obstacle.get());
        }
        return new StrategyPlan(fixed, asked);
    }

    /** COPY has no way to say "no column", other than for a table that has none. */
    private void mustCarrySomething(Derivation derivation) {
        boolean hasColumns =
                targetCatalog.require(derivation.target()).columns().stream()
                        .anyMatch(column -> !column.generated());
        if (derivation.columns().isEmpty() && hasColumns) {
            throw new ConfitureException(
                    ErrorCode.MAPPING,
                    "entry "
                            + derivation.entry()
                            + ": no column of "
                            + derivation.source()
                            + " is carried to "
                            + derivation.target(),
                    "Carry at least one column, or leave the table behind on purpose with"
                            + " ignore_tables.");
        }
    }

    /** A staged COPY for such entries is not built: rows come through the foreign tables. */
    private static StrategyPlan onTarget(
            Derivation derivation, @Nullable Strategy wanted, Optional<String> obstacle) {
        if (derivation.strategy() == Strategy.COPY || wanted == Strategy.COPY) {
            throw new ConfitureException(
                    ErrorCode.MAPPING,
                    "entry "
                            + derivation.entry()
                            + " is evaluated on the target, which COPY is not",
                    "Use strategy fdw or auto for it, or take evaluate: target away.");
        }
        if (obstacle.isPresent()) {
            throw impossible(derivation, obstacle.get());
        }
        return new StrategyPlan(Strategy.FDW, "the mapping evaluates it on the target");
    }

    private static ConfitureException impossible(Derivation derivation, String obstacle) {
        return new ConfitureException(
                ErrorCode.MAPPING,
                "entry " + derivation.entry() + " cannot be copied by FDW: " + obstacle,
                "Use strategy copy or auto for this entry.");
    }

    /** A row that does not fit is for the copy to report; it would be in its way all the same. */
    private StrategyPlan automatic(Derivation derivation, Optional<String> obstacle) {
        try {
            return measured(derivation, obstacle);
        } catch (SqlFailure failure) {
            if (!failure.isAboutRows()) {
                throw failure;
            }
            return copy("a sample failed: " + failure.getMessage());
        }
    }

    private StrategyPlan measured(Derivation derivation, Optional<String> obstacle) {
        Table table = sourceCatalog.require(derivation.source());
        if (!derivation.query().followsTheDrivingTable()) {
            return copy("a query of its own is run once, on the source");
        }
        long rows = table.estimatedRows();
        if (rows >= COPY_FROM_ROWS) {
            return copy("10 million rows or more");
        }
        if (isSmall(table)) {
            return copy("a small table");
        }
        if (obstacle.isPresent()) {
            return copy(obstacle.get());
        }
        Timing copy = sample(derivation, table).measure(Strategy.COPY);
        if (copy.rows() < MEASURE_FROM_ROWS) {
            return copy("a small table");
        }
        Timing fdw = sample(derivation, table).measure(Strategy.FDW);
        String figures = figures(copy, fdw);
        boolean faster =
                fdw.took().multipliedBy(100).compareTo(copy.took().multipliedBy(NOISE_PERCENT)) < 0;
        return faster
                ? new StrategyPlan(Strategy.FDW, "faster: " + figures)
                : copy("FDW is not clearly faster: " + figures);
    }

    static boolean isSmall(Table table) {
        return table.estimatedRows() >= 0 && table.estimatedRows() < MEASURE_FROM_ROWS;
    }

    private static StrategyPlan copy(String reason) {
        return new StrategyPlan(Strategy.COPY, reason);
    }

    private static String figures(Timing copy, Timing fdw) {
        return String.format(
                Locale.ROOT,
                "%,d rows took %d ms by COPY, %d ms by FDW",
                copy.rows(),
                copy.took().toMillis(),
                fdw.took().toMillis());
    }

    private StrategySample sample(Derivation derivation, Table table) {
        return new StrategySample(
                ends, derivation, table, targetCatalog.require(derivation.target()));
    }
}
