package dev.confiture.copy;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Table;
import dev.confiture.copy.StrategySample.Timing;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.time.Duration;
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

    private final Session source;
    private final Session target;
    private final Catalog sourceCatalog;
    private final Catalog targetCatalog;

    public StrategyChoice(
            Session source, Session target, Catalog sourceCatalog, Catalog targetCatalog) {
        this.source = source;
        this.target = target;
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
        Optional<String> obstacle = obstacleToFdw(derivation);
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
        return new StrategyPlan(fixed, asked, Optional.empty());
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
        return new StrategyPlan(
                Strategy.FDW, "the mapping evaluates it on the target", Optional.empty());
    }

    private static ConfitureException impossible(Derivation derivation, String obstacle) {
        return new ConfitureException(
                ErrorCode.MAPPING,
                "entry " + derivation.entry() + " cannot be copied by FDW: " + obstacle,
                "Use strategy copy or auto for this entry.");
    }

    private StrategyPlan automatic(Derivation derivation, Optional<String> obstacle) {
        Table table = sourceCatalog.require(derivation.source());
        if (!derivation.query().followsTheDrivingTable()) {
            return copy("a query of its own is run once, on the source", Optional.empty());
        }
        long rows = table.estimatedRows();
        if (rows >= COPY_FROM_ROWS) {
            Timing copy = sample(derivation, table).measure(Strategy.COPY);
            return copy("10 million rows or more", Optional.of(copy.scaledTo(rows)));
        }
        if (rows >= 0 && rows < MEASURE_FROM_ROWS) {
            return copy("a small table", Optional.empty());
        }
        Timing copy = sample(derivation, table).measure(Strategy.COPY);
        Optional<Duration> copyTime =
                rows < 0 ? Optional.empty() : Optional.of(copy.scaledTo(rows));
        if (copy.rows() < MEASURE_FROM_ROWS) {
            return copy("a small table", copyTime);
        }
        if (obstacle.isPresent()) {
            return copy(obstacle.get(), copyTime);
        }
        Timing fdw = sample(derivation, table).measure(Strategy.FDW);
        String figures = figures(copy, fdw);
        boolean faster =
                fdw.took().multipliedBy(100).compareTo(copy.took().multipliedBy(NOISE_PERCENT)) < 0;
        return faster
                ? new StrategyPlan(
                        Strategy.FDW, "faster: " + figures, copyTime.map(any -> fdw.scaledTo(rows)))
                : copy("FDW is not clearly faster: " + figures, copyTime);
    }

    private static StrategyPlan copy(String reason, Optional<Duration> estimate) {
        return new StrategyPlan(Strategy.COPY, reason, estimate);
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
                source, target, derivation, table, targetCatalog.require(derivation.target()));
    }

    private Optional<String> obstacleToFdw(Derivation derivation) {
        Table table = sourceCatalog.require(derivation.source());
        if (!foreignTableExists(derivation)) {
            return Optional.of("there is no foreign table for it in " + ForeignTableName.SCHEMA);
        }
        if (table.inheritanceChildren()) {
            return Optional.of(
                    "a foreign table would also read the tables that inherit from "
                            + table.name().display());
        }
        if (derivation.columns().isEmpty()) {
            return Optional.of("it carries no column");
        }
        if (derivation.columns().stream().anyMatch(StrategyChoice::dependsOnThePlace)) {
            return Optional.of("a value could come out differently on the target server");
        }
        if (derivation.lineage().evaluation() == Evaluation.SOURCE && derivation.holdsOwnSql()) {
            Optional<String> bound = placeBound(derivation);
            if (bound.isPresent()) {
                return bound;
            }
        }
        if (hasInsertRule(derivation)) {
            return Optional.of(
                    "a rule on " + derivation.target().display() + " would act on INSERT");
        }
        return Optional.empty();
    }

    /** What SQL of the user's gives may hang on the server that it runs on. */
    private Optional<String> placeBound(Derivation derivation) {
        if (!derivation.lineage().placeBound().isEmpty()) {
            return Optional.of(derivation.lineage().placeBound());
        }
        Optional<String> foreignType =
                derivation.lineage().reads().entrySet().stream()
                        .flatMap(
                                read ->
                                        sourceCatalog.require(read.getKey()).columns().stream()
                                                .filter(
                                                        column ->
                                                                read.getValue()
                                                                        .contains(column.name())))
                        .filter(column -> !column.type().builtIn())
                        .map(column -> "it reads a column of type " + column.type().declared())
                        .findFirst();
        return foreignType.or(
                () ->
                        sameLocale()
                                ? Optional.empty()
                                : Optional.of(
                                        "the two databases sort and compare text differently"));
    }

    private boolean sameLocale() {
        return source.query(SqlText.named("copy/describe_locale"), row -> row.text(1))
                .equals(target.query(SqlText.named("copy/describe_locale"), row -> row.text(1)));
    }

    private boolean foreignTableExists(Derivation derivation) {
        return target.queryOne(
                "SELECT to_regclass(?) IS NOT NULL",
                row -> row.truth(1),
                ForeignTableName.of(derivation.source()).quoted());
    }

    /** Names of objects (regclass and the like) are looked up in the catalog at hand. */
    private static boolean dependsOnThePlace(DerivedColumn column) {
        return column.result().base().startsWith("reg");
    }

    private boolean hasInsertRule(Derivation derivation) {
        return target.queryOne(
                "SELECT EXISTS (SELECT FROM pg_rewrite"
                        + " WHERE ev_class = ?::regclass AND ev_type = '3')",
                row -> row.truth(1),
                derivation.target().quoted());
    }
}
