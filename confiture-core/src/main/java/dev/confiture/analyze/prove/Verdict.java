package dev.confiture.analyze.prove;

import dev.confiture.error.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Gathers what the proofs found, as figures and as findings. */
final class Verdict {
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> unproven = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private long rows;

    void read(long rowsOfEntry) {
        rows += rowsOfEntry;
    }

    /**
     * Takes a violation down.
     *
     * @param what what the rows do, after their number: {@code hold NULL}
     */
    void broken(Violation violation, String what, String remedy) {
        violations.add(violation);
        findings.add(
                new Finding(
                        violation.kind().passes()
                                ? Finding.Severity.WARNING
                                : Finding.Severity.BLOCKER,
                        subject(violation),
                        count(violation) + " " + what + keys(violation),
                        remedy));
    }

    /** Takes down a rule about which the source cannot say anything. */
    void unproven(String subject, String rule, String reason) {
        unproven.add(subject + ": " + rule);
        findings.add(
                new Finding(
                        Finding.Severity.NOTE,
                        subject,
                        rule + " is not provable on the source: " + reason,
                        "Check it by hand, or by a trial run of migrate into a copy of the new"
                                + " database."));
    }

    private static String subject(Violation violation) {
        return violation.column() == null
                ? violation.table()
                : violation.table() + "." + violation.column();
    }

    private static String count(Violation violation) {
        return (violation.exact() ? "" : "at least ")
                + String.format(Locale.ROOT, "%,d", violation.rows())
                + (violation.rows() == 1 ? " row" : " rows");
    }

    private static String keys(Violation violation) {
        if (violation.sampleKeys().isEmpty()) {
            return "";
        }
        String columns = String.join(", ", violation.key());
        return " ("
                + (violation.key().size() == 1 ? columns : "(" + columns + ")")
                + " = "
                + String.join(", ", violation.sampleKeys())
                + (violation.rows() > violation.sampleKeys().size() ? ", …" : "")
                + ")";
    }

    List<Finding> findings() {
        return findings;
    }

    ProofReport report() {
        return new ProofReport(rows, violations, unproven);
    }
}
