package dev.confiture.analyze;

import dev.confiture.catalog.Column;
import dev.confiture.error.Finding;
import java.util.List;

/** Generated columns of the target are computed there. */
final class GeneratedColumns implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.targetTables().stream()
                .flatMap(
                        table ->
                                table.columns().stream()
                                        .filter(Column::generated)
                                        .map(
                                                column ->
                                                        new Finding(
                                                                Finding.Severity.NOTE,
                                                                table.name().display()
                                                                        + "."
                                                                        + column.name(),
                                                                "is a generated column: the target"
                                                                        + " computes it anew for"
                                                                        + " every row",
                                                                "Check that its expression on the"
                                                                        + " target is the one you"
                                                                        + " want.")))
                .toList();
    }
}
