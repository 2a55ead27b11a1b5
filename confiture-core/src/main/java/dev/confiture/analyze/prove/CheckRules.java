package dev.confiture.analyze.prove;

import dev.confiture.analyze.prove.TargetRules.CheckConstraint;
import java.util.ArrayList;
import java.util.List;

/** The CHECK constraints of a table and of its columns' domains, as far as the source can run. */
final class CheckRules {
    private final Snapshot snapshot;
    private final EntryRows rows;
    private final Verdict verdict;

    CheckRules(Snapshot snapshot, EntryRows rows, Verdict verdict) {
        this.snapshot = snapshot;
        this.rows = rows;
        this.verdict = verdict;
    }

    List<RowRule> all(List<CheckConstraint> checks) {
        List<RowRule> rules = new ArrayList<>();
        for (CheckConstraint check : checks) {
            boolean here =
                    check.table().equals(rows.target().name())
                            && (check.column() == null || isFed(check.column()));
            if (here && isProvable(check)) {
                rules.add(rule(check));
            }
        }
        return rules;
    }

    private boolean isFed(String column) {
        return rows.entry().columns().stream().anyMatch(fed -> fed.target().equals(column));
    }

    private boolean isProvable(CheckConstraint check) {
        String subject =
                check.table().display() + (check.column() == null ? "" : "." + check.column());
        String rule = "CHECK constraint " + check.name();
        if (!check.portable()) {
            verdict.unproven(
                    subject, rule, "it uses a function, an operator or a type of the target's own");
            return false;
        }
        Snapshot.Answer<Long> trial =
                snapshot.ask(
                        "SELECT count(*) FILTER (WHERE "
                                + broken(check)
                                + ") FROM "
                                + rows.from(rows.relation(), "false"),
                        row -> row.number(1));
        if (!trial.given()) {
            verdict.unproven(subject, rule, trial.reason());
        }
        return trial.given();
    }

    /** Over the rows the constraint's text stands as it is; NULL keeps it. */
    private String broken(CheckConstraint check) {
        if (check.column() == null) {
            return "(" + check.expression() + ") IS FALSE";
        }
        // The server writes the value of a domain as VALUE, which an unquoted name may be.
        return "(SELECT ("
                + check.expression()
                + ") IS FALSE FROM (SELECT "
                + rows.column(check.column())
                + " AS value) AS of_domain)";
    }

    private RowRule rule(CheckConstraint check) {
        return new RowRule(
                Violation.Kind.CHECK,
                check.name(),
                check.column(),
                broken(check),
                "break CHECK constraint " + check.name() + ": " + check.expression(),
                "Give the columns expressions in the mapping that keep it, leave the rows behind"
                        + " with where, mend them on the source, or change the constraint on the"
                        + " target.");
    }
}
