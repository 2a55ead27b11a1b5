package dev.confiture.analyze;

import dev.confiture.catalog.Table;
import dev.confiture.error.Finding;
import java.util.List;

/** Unlogged tables of the source write no WAL, so that their changes cannot be followed. */
final class UnloggedTables implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        if (inspection.subject().source() == SourceState.WRITTEN_TO) {
            return List.of();
        }
        return inspection.sourceTables().stream()
                .filter(table -> table.kind() == Table.Kind.UNLOGGED)
                .map(
                        table ->
                                new Finding(
                                        Finding.Severity.NOTE,
                                        table.name().display(),
                                        "is unlogged on the source: it is copied, but its later"
                                                + " changes cannot be captured",
                                        "For live capture run on the source: ALTER TABLE "
                                                + table.name().quoted()
                                                + " SET LOGGED;"))
                .toList();
    }
}
