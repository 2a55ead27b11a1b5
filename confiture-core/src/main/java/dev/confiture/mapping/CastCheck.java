package dev.confiture.mapping;

import dev.confiture.catalog.Table;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/** Refuses pairs of columns between whose types PostgreSQL has no cast, before a row is read. */
final class CastCheck {
    private final SqlProbe probe;
    private final Problems problems;

    CastCheck(SqlProbe probe, Problems problems) {
        this.probe = probe;
        this.problems = problems;
    }

    void check(Mapping.Entry entry, Derivation derivation, Table source) {
        boolean casts = derivation.columns().stream().anyMatch(column -> isCast(column, source));
        if (!casts || refusal(derivation, derivation.columns(), source).isEmpty()) {
            return;
        }
        for (DerivedColumn column : derivation.columns()) {
            refusal(derivation, List.of(column), source)
                    .ifPresent(because -> report(entry, column, because));
        }
    }

    private static boolean isCast(DerivedColumn column, Table source) {
        return Optional.ofNullable(column.sourceColumn())
                .flatMap(source::column)
                .map(from -> column.targetCast() != null || !from.type().sameBase(column.result()))
                .orElse(true);
    }

    private Optional<ConfitureException> refusal(
            Derivation derivation, List<DerivedColumn> columns, Table source) {
        return derivation.lineage().evaluation() == Evaluation.TARGET
                ? Optional.empty()
                : probe.refusal(derivation.with(columns).select(source.ownRows(), null));
    }

    private void report(Mapping.Entry entry, DerivedColumn column, ConfitureException because) {
        problems.add(
                ErrorCode.MAPPING,
                entry,
                "the values for target column \""
                        + column.target()
                        + "\" cannot be cast to its type: "
                        + because.getMessage(),
                column.origin() == DerivedColumn.Origin.COMPUTED
                        ? "Cast it in its SQL to a type that can become the target's."
                        : "Say how with an expression: expressions: {"
                                + column.target()
                                + ": SQL}");
    }
}
