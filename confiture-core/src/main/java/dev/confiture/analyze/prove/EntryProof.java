package dev.confiture.analyze.prove;

import dev.confiture.catalog.Column;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Proves the rules that each row of one entry keeps by itself. */
final class EntryProof {
    private static final String SHOW = "\nThe rows: ";

    private final Snapshot snapshot;
    private final EntryRows rows;
    private final Verdict verdict;
    private final DrivingTable driving;

    EntryProof(Snapshot snapshot, EntryRows rows, Verdict verdict) {
        this.snapshot = snapshot;
        this.rows = rows;
        this.verdict = verdict;
        this.driving = new DrivingTable(snapshot, rows);
    }

    /**
     * Counts what breaks a rule. Rows whose SELECT fails are left out of {@link EntryRows} from
     * then on.
     *
     * @return whether the rows can be asked about at all
     */
    boolean prove(CastGuard guard, List<TargetRules.CheckConstraint> checks) {
        if (!isReadable()) {
            return false;
        }
        addDefaults();
        SourceRules sourceRules = new SourceRules(rows, guard);
        List<RowRule> failures = proveOnSource(sourceRules.failures());
        failures.forEach(rule -> rows.exclude(rule.broken()));
        if (!new SelectProof(snapshot, rows, verdict).prove()) {
            return false;
        }
        proveOnSource(sourceRules.losses());
        List<RowRule> rules = new ArrayList<>(new ColumnRules(rows).all());
        rules.addAll(new CheckRules(snapshot, rows, verdict).all(checks));
        proveOnRows(rules);
        return true;
    }

    /** Whether the source can say at all which rows there are. */
    private boolean isReadable() {
        String subject = rows.target().name().display();
        String entry = "every rule for entry " + rows.entry().entry();
        if (rows.entry().lineage().evaluation() == Evaluation.TARGET) {
            verdict.unproven(subject, entry, "it is evaluated on the target");
            return false;
        }
        if (rows.plain()) {
            return true;
        }
        Snapshot.Answer<Long> trial =
                snapshot.ask(
                        "SELECT count(*) FROM (" + rows.selectWhere("true") + ") AS counted",
                        row -> row.number(1));
        if (!trial.given()) {
            verdict.unproven(
                    subject,
                    entry,
                    trial.failedByValue()
                            ? "its joins or its condition fail on some row, as they will in the"
                                    + " migration"
                            : trial.reason());
        }
        return trial.given();
    }

    /** Columns that nothing feeds hold what the target gives them, as far as the source can say. */
    private void addDefaults() {
        Set<String> fed =
                rows.entry().columns().stream()
                        .map(DerivedColumn::target)
                        .collect(Collectors.toSet());
        for (Column column : rows.target().columns()) {
            boolean ownValue = column.generated() || column.identity() != Column.Identity.NONE;
            if (fed.contains(column.name()) || ownValue) {
                continue;
            }
            StoredType type = rows.type(column.name());
            String expression =
                    column.defaultExpression() == null ? "NULL" : column.defaultExpression();
            String value =
                    "CAST(("
                            + expression
                            + ") AS "
                            + (type.sort() == StoredType.Sort.BUILT_IN ? type.base() : "text")
                            + ")";
            boolean known =
                    !expression.contains("nextval(")
                            && snapshot.ask("SELECT count(" + value + ")", row -> row.number(1))
                                    .given();
            if (known) {
                rows.stays(column.name(), value);
            }
        }
    }

    /** Counts by conditions over the driving table; returns the rules that rows break. */
    private List<RowRule> proveOnSource(List<RowRule> rules) {
        if (rules.isEmpty() || driving.count(any(rules)) == 0) {
            return List.of();
        }
        List<RowRule> broken = new ArrayList<>();
        for (RowRule rule : rules) {
            long count = driving.count(rule.broken());
            if (count > 0) {
                broken.add(rule);
                verdict.broken(
                        violation(rule, driving.keys(rule.broken())).rows(count),
                        rule.what(),
                        rule.remedy() + SHOW + driving.statement(rule.broken()));
            }
        }
        return broken;
    }

    private static String any(List<RowRule> rules) {
        return rules.stream()
                .map(rule -> "(" + rule.broken() + ")")
                .collect(Collectors.joining(" OR "));
    }

    private void proveOnRows(List<RowRule> rules) {
        String counts =
                rules.stream()
                        .map(rule -> ", count(*) FILTER (WHERE " + rule.broken() + ")")
                        .collect(Collectors.joining());
        Snapshot.Answer<List<Long>> answer =
                snapshot.ask(
                        "SELECT count(*)" + counts + " FROM " + rows.from(),
                        row ->
                                IntStream.rangeClosed(1, rules.size() + 1)
                                        .mapToObj(row::number)
                                        .toList());
        if (!answer.given()) {
            proveOneByOne(rules);
            return;
        }
        verdict.read(answer.first().getFirst());
        for (int index = 0; index < rules.size(); index++) {
            reportOnRows(rules.get(index), answer.first().get(index + 1));
        }
    }

    /** A rule whose own condition fails on some row would fail there on the target too. */
    private void proveOneByOne(List<RowRule> rules) {
        for (RowRule rule : rules) {
            Snapshot.Answer<Long> answer =
                    snapshot.ask(
                            "SELECT count(*) FILTER (WHERE "
                                    + rule.broken()
                                    + ") FROM "
                                    + rows.from(),
                            row -> row.number(1));
            if (answer.given()) {
                reportOnRows(rule, answer.first());
            } else {
                verdict.unproven(
                        rows.target().name().display(),
                        rule.constraint(),
                        answer.failedByValue()
                                ? "its condition fails on some row, as it would on the target"
                                : answer.reason());
            }
        }
    }

    private void reportOnRows(RowRule rule, long count) {
        if (count == 0) {
            return;
        }
        verdict.broken(
                violation(rule, Keys.ofRows(snapshot, rows, rule.broken())).rows(count),
                rule.what(),
                rule.remedy() + SHOW + statement(rule));
    }

    /** The shortest statement that shows the rows which break a rule. */
    private String statement(RowRule rule) {
        return rows.overSource(rule)
                .map(driving::statement)
                .orElseGet(() -> "SELECT * FROM " + rows.from() + " WHERE " + rule.broken() + ";");
    }

    private Violation.Draft violation(RowRule rule, Keys keys) {
        return rule.draft(rows.target().name(), keys);
    }
}
