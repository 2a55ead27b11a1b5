package dev.confiture.migration;

import dev.confiture.analyze.Analysis;
import dev.confiture.analyze.AnalyzeReport;
import dev.confiture.analyze.Depth;
import dev.confiture.analyze.EntryStrategy;
import dev.confiture.analyze.Subject;
import dev.confiture.catalog.TableName;
import dev.confiture.copy.Rehearsal;
import dev.confiture.copy.StrategyChoice;
import dev.confiture.copy.StrategyPlan;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.mapping.Strategy;
import dev.confiture.migration.Attachment.Catalogs;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a migration would do and what could go wrong with it. Leaves nothing behind. */
public final class AnalyzePhase {
    private final EnvironmentLoader environments;

    public AnalyzePhase(EnvironmentLoader environments) {
        this.environments = environments;
    }

    /**
     * Looks at both databases through a mapping.
     *
     * @param mapping the file, or null for the mapping that the migration was begun with
     */
    public AnalyzeReport run(String targetReference, @Nullable MappingFile mapping, Depth depth) {
        try (Attachment attachment = Attachment.to(environments, targetReference, "analyze");
                Session source = attachment.ends().source().open("analyze");
                Session target = attachment.ends().target().open("analyze")) {
            Catalogs catalogs = attachment.catalogs();
            ResolvedMapping resolved = Mappings.resolve(mapping, attachment, catalogs);
            StrategyChoice choice =
                    new StrategyChoice(
                            attachment.ends(),
                            source,
                            target,
                            catalogs.source(),
                            catalogs.target());
            Rehearsal rehearsal =
                    new Rehearsal(
                            attachment.ends(),
                            catalogs.source(),
                            catalogs.target(),
                            resolved.derivations());
            return new Analysis(attachment.ends().source(), attachment.ends().target())
                    .run(
                            new Subject(
                                    resolved,
                                    catalogs.source(),
                                    catalogs.target(),
                                    begun(attachment),
                                    attachment.sourceState()),
                            depth,
                            entry -> strategy(choice, rehearsal, entry));
        }
    }

    private static Set<TableName> begun(Attachment attachment) {
        return Ledger.entries(attachment.control()).stream()
                .filter(entry -> entry.chunksDone() > 0)
                .map(EntryRecord::target)
                .collect(Collectors.toSet());
    }

    private static EntryStrategy strategy(
            StrategyChoice choice, Rehearsal rehearsal, Derivation entry) {
        try {
            StrategyPlan plan = choice.plan(entry, null);
            return new EntryStrategy(
                    plan.strategy(), plan.reason(), rehearsal.estimate(entry, plan.strategy()));
        } catch (SqlFailure failure) {
            if (!failure.is(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw failure;
            }
            // That it may not be read is a finding, and keeps nobody from looking at the others.
            return new EntryStrategy(
                    Strategy.COPY, "cannot be measured: " + failure.getMessage(), Optional.empty());
        }
    }
}
