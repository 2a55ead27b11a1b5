package dev.confiture.analyze;

import dev.confiture.error.Finding;
import java.util.ArrayList;
import java.util.List;

/** The user of the target must be able to fill every table, and to take its indexes off and on. */
final class TargetPrivileges implements Check {
    @Override
    public List<Finding> findings(Inspection inspection) {
        List<Finding> findings = new ArrayList<>();
        for (Privileges table : inspection.aboutTarget(Privileges.OF_TABLES, Privileges::of)) {
            if (!table.read() || !table.write()) {
                findings.add(
                        new Finding(
                                Finding.Severity.BLOCKER,
                                table.object().display(),
                                table.user() + " may not read and fill it on the target",
                                "Run on the target: " + table.grant("SELECT, INSERT", "TABLE")));
            } else if (!table.owner()) {
                findings.add(
                        new Finding(
                                Finding.Severity.WARNING,
                                table.object().display(),
                                "belongs to %s on the target: %s cannot take its indexes and"
                                                .formatted(table.ownerName(), table.user())
                                        + " constraints off for the load, nor analyze it",
                                "Run on the target: GRANT %s TO %s;"
                                        .formatted(table.ownerName(), table.user())));
            }
        }
        Inspection.about(
                        inspection.target(),
                        Privileges.OF_SEQUENCES,
                        inspection.targetSequences(),
                        Privileges::of)
                .stream()
                .filter(sequence -> !sequence.read() || !sequence.write())
                .map(
                        sequence ->
                                new Finding(
                                        Finding.Severity.BLOCKER,
                                        sequence.object().display(),
                                        sequence.user() + " may not set it on the target",
                                        "Run on the target: "
                                                + sequence.grant("SELECT, UPDATE", "SEQUENCE")))
                .forEach(findings::add);
        return findings;
    }
}
