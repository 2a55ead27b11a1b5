package dev.confiture.analyze;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.Finding;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Looks at both databases and at the mapping between them, and reports what a person should know.
 */
public final class Analysis {
    private static final List<Check> CHECKS =
            List.of(
                    new SourcePrivileges(),
                    new TargetPrivileges(),
                    new RowSecurity(),
                    new FilledTargets(),
                    new NarrowerColumns(),
                    new MappingNotes(),
                    new Encodings(),
                    new FiringTriggers(),
                    new InsertRules(),
                    new Inheritance(),
                    new ServerBoundValues(),
                    new GeneratedColumns(),
                    new KeylessTables(),
                    new UnloggedTables(),
                    new MissingStatistics(),
                    new MissingExtensions(),
                    new UnmigratedObjects());

    private final Database source;
    private final Database target;

    public Analysis(Database source, Database target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Runs every check.
     *
     * @param strategies how each entry is going to be copied
     */
    public AnalyzeReport run(
            ResolvedMapping mapping,
            Catalog sourceCatalog,
            Catalog targetCatalog,
            Function<Derivation, EntryStrategy> strategies) {
        return new AnalyzeReport(
                source.address().display(),
                target.address().display(),
                mapping.derivations().stream()
                        .map(
                                entry ->
                                        plan(
                                                entry,
                                                sourceCatalog.require(entry.source()),
                                                targetCatalog.require(entry.target()),
                                                strategies.apply(entry),
                                                mapping.derivations()))
                        .toList(),
                mapping.ignoredTables().stream().map(TableName::display).toList(),
                findings(mapping, sourceCatalog, targetCatalog));
    }

    private List<Finding> findings(
            ResolvedMapping mapping, Catalog sourceCatalog, Catalog targetCatalog) {
        try (Session left = source.open("analyze");
                Session right = target.open("analyze")) {
            Inspection inspection =
                    new Inspection(left, right, mapping, sourceCatalog, targetCatalog);
            return CHECKS.stream()
                    .flatMap(check -> check.findings(inspection).stream())
                    .sorted(Comparator.comparing(Finding::severity))
                    .toList();
        }
    }

    private static AnalyzeReport.EntryPlan plan(
            Derivation entry, Table from, Table to, EntryStrategy choice, List<Derivation> all) {
        return new AnalyzeReport.EntryPlan(
                entry.entry(),
                from.name().display(),
                to.name().display(),
                from.estimatedRows(),
                from.bytes(),
                choice.strategy().label(),
                choice.reason(),
                choice.estimate().map(Analysis::seconds).orElse(null),
                ColumnPlans.of(entry, from, to, all));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
