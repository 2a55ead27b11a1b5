package dev.confiture.analyze;

import dev.confiture.error.Finding;
import dev.confiture.staging.StagingCheck;
import java.util.List;

/** Entries that the target evaluates, and that a migration which follows changes cannot. */
final class StagedEntries implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.subject().source() == SourceState.WRITTEN_TO
                ? StagingCheck.findings(
                        inspection.mapping().derivations(), inspection.sourceCatalog())
                : List.of();
    }
}
