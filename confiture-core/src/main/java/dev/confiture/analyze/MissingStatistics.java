package dev.confiture.analyze;

import dev.confiture.error.Finding;
import java.util.List;

/** Without statistics nobody knows how long a table is going to take. */
final class MissingStatistics implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.sourceTables().stream()
                .filter(table -> table.estimatedRows() < 0)
                .map(
                        table ->
                                new Finding(
                                        Finding.Severity.NOTE,
                                        table.name().display(),
                                        "was never analyzed on the source: its number of rows and"
                                                + " the time for it are unknown",
                                        "Run on the source: ANALYZE "
                                                + table.name().quoted()
                                                + ";"))
                .toList();
    }
}
