package dev.confiture.analyze;

import dev.confiture.analyze.prove.Proof;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.Finding;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
                    new GeneratedColumns(),
                    new KeylessTables(),
                    new UnloggedTables(),
                    new CapturedTables(),
                    new StagedEntries(),
                    new MissingStatistics(),
                    new MissingExtensions(),
                    new UnmigratedObjects());

    private static final List<Check> RIGHTS =
            List.of(new SourcePrivileges(), new TargetPrivileges(), new RowSecurity());

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
            Subject subject, Depth depth, Function<Derivation, EntryStrategy> strategies) {
        List<Derivation> entries = subject.mapping().derivations();
        Optional<Proof.Result> proof =
                depth == Depth.ROWS ? Optional.of(prove(subject)) : Optional.empty();
        List<Finding> findings = new ArrayList<>(look(subject, CHECKS));
        proof.ifPresent(it -> findings.addAll(it.findings()));
        WayBackPlan wayBack = wayBack(subject);
        findings.sort(Comparator.comparing(Finding::severity));
        return new AnalyzeReport(
                source.address().display(),
                target.address().display(),
                entries.stream()
                        .map(entry -> plan(entry, subject, strategies.apply(entry), wayBack))
                        .toList(),
                subject.mapping().ignoredTables().stream().map(TableName::display).toList(),
                findings,
                subject.source() == SourceState.AT_REST ? List.of() : RollbackLosses.of(wayBack),
                proof.map(Proof.Result::report).orElse(null));
    }

    /**
     * What would stop a migration in its middle: rights that it lacks, and rows that are hidden
     * from it. Target tables that hold rows already are not looked at.
     */
    public List<Finding> blockers(Subject subject) {
        return look(subject, RIGHTS).stream()
                .filter(finding -> finding.severity() == Finding.Severity.BLOCKER)
                .toList();
    }

    private List<Finding> look(Subject subject, List<Check> checks) {
        try (Session left = source.open("analyze");
                Session right = target.open("analyze")) {
            Inspection inspection = new Inspection(left, right, subject);
            return checks.stream().flatMap(check -> check.findings(inspection).stream()).toList();
        }
    }

    private Proof.Result prove(Subject subject) {
        try (Session left = source.open("prove");
                Session right = target.open("prove")) {
            return new Proof(subject.sourceCatalog(), subject.targetCatalog())
                    .run(left, right, subject.mapping().derivations());
        }
    }

    private WayBackPlan wayBack(Subject subject) {
        try (Session left = source.open("analyze");
                Session right = target.open("analyze")) {
            return WayBackPlan.of(
                    subject.mapping().derivations(),
                    subject.sourceCatalog(),
                    subject.targetCatalog(),
                    left,
                    right);
        }
    }

    private static AnalyzeReport.EntryPlan plan(
            Derivation entry, Subject subject, EntryStrategy choice, WayBackPlan wayBack) {
        Table from = subject.sourceCatalog().require(entry.source());
        Table to = subject.targetCatalog().require(entry.target());
        return new AnalyzeReport.EntryPlan(
                entry.entry(),
                from.name().display(),
                to.name().display(),
                from.estimatedRows(),
                from.bytes(),
                choice.strategy().label(),
                choice.reason(),
                choice.estimate().map(Analysis::seconds).orElse(null),
                new ColumnPlans(wayBack.columns(), entry, from)
                        .of(to, subject.mapping().derivations()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
