package dev.confiture.analyze;

import dev.confiture.catalog.Identifier;
import dev.confiture.error.Finding;
import java.util.List;

/** Rewrite rules act on INSERT, but never on COPY. */
final class InsertRules implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.aboutTarget(
                "list_insert_rules",
                row ->
                        new Finding(
                                Finding.Severity.WARNING,
                                Inspection.name(row, 1).display(),
                                "rule %s of the target acts on INSERT; COPY passes it by, so rows"
                                                .formatted(row.text(3))
                                        + " are written as the mapping makes them",
                                "Unless that is wanted, express what the rule does in the mapping,"
                                        + " or drop it: DROP RULE %s ON %s;"
                                                .formatted(
                                                        Identifier.quote(row.text(3)),
                                                        Inspection.name(row, 1).quoted())));
    }
}
