package dev.confiture.analyze;

import dev.confiture.catalog.Identifier;
import dev.confiture.error.Finding;
import java.util.List;

/** Triggers of the target that fire even while rows are loaded. */
final class FiringTriggers implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.aboutTarget(
                "list_triggers",
                row ->
                        new Finding(
                                Finding.Severity.WARNING,
                                Inspection.name(row, 1).display(),
                                "trigger %s is enabled %s on the target, and so fires for every row"
                                                .formatted(
                                                        row.text(3),
                                                        row.truth(4) ? "ALWAYS" : "as REPLICA")
                                        + " that is copied",
                                "Unless that is wanted, run: ALTER TABLE %s DISABLE TRIGGER %s;"
                                        .formatted(
                                                Inspection.name(row, 1).quoted(),
                                                Identifier.quote(row.text(3)))));
    }
}
