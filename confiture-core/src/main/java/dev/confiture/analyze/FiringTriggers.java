package dev.confiture.analyze;

import dev.confiture.error.Finding;
import java.util.List;

/**
 * Triggers of the target that mean to act even on rows that are replicated. They are switched off
 * with all others, live until cutover, and put back exactly as they were.
 */
final class FiringTriggers implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.aboutTarget(
                "list_triggers",
                row ->
                        new Finding(
                                Finding.Severity.NOTE,
                                Inspection.name(row, 1).display(),
                                "trigger %s is enabled %s on the target; it does not act on the"
                                                .formatted(
                                                        row.text(3),
                                                        row.truth(4) ? "ALWAYS" : "as REPLICA")
                                        + " rows that are copied or follow later: it is off"
                                        + " until the last of them is written, live until"
                                        + " cutover, and as it was afterwards",
                                "If copied rows need what it does, do it in the mapping or by a"
                                        + " statement after the migration."));
    }
}
