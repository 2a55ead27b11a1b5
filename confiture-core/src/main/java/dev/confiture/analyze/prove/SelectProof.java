package dev.confiture.analyze.prove;

import dev.confiture.catalog.Identifier;
import dev.confiture.mapping.DerivedColumn;
import java.util.List;

/**
 * Proves that an entry's SELECT can be computed for every row, which no condition foretells where
 * an expression of the user's is in it, or a cast that has no guard.
 */
final class SelectProof {
    private final Snapshot snapshot;
    private final EntryRows rows;
    private final Verdict verdict;

    SelectProof(Snapshot snapshot, EntryRows rows, Verdict verdict) {
        this.snapshot = snapshot;
        this.rows = rows;
        this.verdict = verdict;
    }

    /**
     * Leaves the rows that fail out of the others' proof.
     *
     * @return whether the others can be asked about
     */
    boolean prove() {
        List<String> risky = risky();
        if (risky.isEmpty()) {
            return true;
        }
        Snapshot.Answer<Long> trial = compute(risky);
        if (trial.given()) {
            return true;
        }
        if (!trial.failedByValue()) {
            unproven("every rule", trial.reason());
            return false;
        }
        FailingRows failing = new FailingRows(snapshot, rows, risky).search();
        if (failing.nothing()) {
            risky.stream()
                    .filter(column -> compute(List.of(column)).failedByValue())
                    .forEach(this::reportSomewhere);
            unproven("every other rule", "its SELECT fails");
            return false;
        }
        failing.byColumn().forEach((column, ids) -> report(failing, column, ids));
        if (!failing.complete()) {
            unproven("every other rule", "its SELECT fails on too many rows");
            return false;
        }
        rows.exclude(failing.condition());
        return true;
    }

    private Snapshot.Answer<Long> compute(List<String> columns) {
        return snapshot.ask(
                "SELECT " + FailingRows.counts(rows, columns) + " FROM " + rows.from(),
                row -> row.number(1));
    }

    private void unproven(String rule, String reason) {
        verdict.unproven(
                rows.target().name().display(),
                rule + " for entry " + rows.entry().entry(),
                reason);
    }

    /** The columns that are more than a source column as it is. */
    private List<String> risky() {
        return rows.entry().columns().stream()
                .filter(column -> !isAsItIs(column))
                .map(DerivedColumn::target)
                .toList();
    }

    private boolean isAsItIs(DerivedColumn column) {
        return rows.sourceColumn(column)
                .map(from -> rows.sourceAlias() + "." + Identifier.quote(from.name()))
                .filter(column.expression()::equals)
                .filter(_ -> column.result().base().equals(rows.type(column.target()).base()))
                .isPresent();
    }

    private void report(FailingRows failing, String column, List<String> ids) {
        String condition = failing.among(ids);
        RowRule rule = rule(column, condition);
        Violation.Draft draft =
                rule.draft(rows.target().name(), new DrivingTable(snapshot, rows).keys(condition));
        verdict.broken(
                failing.complete() ? draft.rows(ids.size()) : draft.rowsAtLeast(ids.size()),
                rule.what(),
                rule.remedy());
    }

    /** A query of the user's cannot be cut into parts, and so its row is not found. */
    private void reportSomewhere(String column) {
        RowRule rule = rule(column, "true");
        verdict.broken(
                rule.draft(rows.target().name(), new Keys(List.of(), List.of())).rowsAtLeast(1),
                rule.what(),
                rule.remedy());
    }

    private RowRule rule(String column, String condition) {
        StoredType type = rows.type(column);
        return new RowRule(
                Violation.Kind.CAST,
                type.declared(),
                column,
                condition,
                "cannot be turned into " + type.declared(),
                "Give the column an expression in the mapping that makes them readable, leave the"
                        + " rows behind with where, or mend them on the source.");
    }
}
