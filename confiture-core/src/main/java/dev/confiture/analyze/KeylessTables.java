package dev.confiture.analyze;

import dev.confiture.catalog.Table;
import dev.confiture.error.Finding;
import java.util.List;

/**
 * Without a key a table is copied in one piece and its changes cannot be followed; see {@link
 * CapturedTables} for those that are.
 */
final class KeylessTables implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        if (inspection.subject().source() == SourceState.WRITTEN_TO) {
            return List.of();
        }
        return inspection.sourceTables().stream()
                .filter(table -> table.key() == null && table.kind() != Table.Kind.FOREIGN)
                .map(
                        table ->
                                new Finding(
                                        Finding.Severity.NOTE,
                                        table.name().display(),
                                        "has no primary key and no other key of NOT NULL columns:"
                                                + " its rows are copied, but live capture could"
                                                + " not tell them apart",
                                        "For live capture run on the source: ALTER TABLE "
                                                + table.name().quoted()
                                                + " ADD PRIMARY KEY (...); with the columns that"
                                                + " identify a row."))
                .toList();
    }
}
