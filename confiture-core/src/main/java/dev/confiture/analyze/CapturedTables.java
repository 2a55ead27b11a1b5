package dev.confiture.analyze;

import dev.confiture.error.Finding;
import dev.confiture.identity.CaptureCheck;
import dev.confiture.identity.CaptureTables;
import java.util.List;

/** Tables whose changes cannot be captured, where a migration is to follow them. */
final class CapturedTables implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.subject().source() == SourceState.WRITTEN_TO
                ? CaptureCheck.findings(
                        inspection.source(), CaptureTables.of(inspection.mapping().derivations()))
                : List.of();
    }
}
