package dev.confiture.analyze.prove;

import java.util.List;

/**
 * What was proved about the old rows.
 *
 * @param rows how many rows the mapping gives, over all entries
 * @param unproven the rules that could not be proved on the source, for people; each is a finding
 *     too
 */
public record ProofReport(long rows, List<Violation> violations, List<String> unproven) {
    public ProofReport {
        violations = List.copyOf(violations);
        unproven = List.copyOf(unproven);
    }
}
