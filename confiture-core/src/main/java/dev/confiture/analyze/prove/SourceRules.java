package dev.confiture.analyze.prove;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.mapping.DerivedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules about what happens between a source column and the result of its cast. Their conditions
 * are over the driving table, because after the cast it is too late.
 */
final class SourceRules {
    private static final Set<String> NUMBERS =
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final Set<String> FRACTIONAL = Set.of("numeric", "real", "double precision");
    private static final Set<String> APPROXIMATE = Set.of("real", "double precision");
    private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");

    private final EntryRows rows;
    private final CastGuard guard;

    SourceRules(EntryRows rows, CastGuard guard) {
        this.rows = rows;
        this.guard = guard;
    }

    /** Rows whose cast fails. */
    List<RowRule> failures() {
        List<RowRule> rules = new ArrayList<>();
        for (DerivedColumn column : rows.entry().columns()) {
            rows.sourceColumn(column)
                    .flatMap(from -> failure(column, from))
                    .ifPresent(condition -> rules.add(failureRule(column, condition)));
        }
        return rules;
    }

    /** Rows whose cast alters the value. */
    List<RowRule> losses() {
        List<RowRule> rules = new ArrayList<>();
        for (DerivedColumn column : rows.entry().columns()) {
            rows.sourceColumn(column)
                    .flatMap(from -> loss(column, from))
                    .ifPresent(condition -> rules.add(lossRule(column, condition)));
        }
        return rules;
    }

    private Optional<String> failure(DerivedColumn column, Column from) {
        String raw = raw(from);
        StoredType type = rows.type(column.target());
        if (!isCastOf(column, raw)) {
            return Optional.empty();
        }
        String base = from.type().base();
        if (column.targetCast() == null) {
            String result = column.result().base();
            return base.equals(result) ? Optional.empty() : guard.fails(raw, base, result);
        }
        // The target reads the value's text, whatever type it has here.
        boolean same = base.equals(type.base()) || type.sort() != StoredType.Sort.BUILT_IN;
        return same
                ? Optional.empty()
                : guard.fails("CAST(" + raw + " AS text)", "text", type.base());
    }

    /** Whether nothing but casts happens to the column; an expression of the user's is tried. */
    private static boolean isCastOf(DerivedColumn column, String raw) {
        String expression = column.expression();
        return expression.equals(raw)
                || expression.equals("CAST(" + raw + " AS " + column.result().base() + ")");
    }

    private String raw(Column from) {
        return rows.sourceAlias() + "." + Identifier.quote(from.name());
    }

    private RowRule failureRule(DerivedColumn column, String condition) {
        StoredType type = rows.type(column.target());
        String from = rows.sourceColumn(column).map(it -> it.type().base()).orElse("");
        boolean number = NUMBERS.contains(from) && NUMBERS.contains(type.base());
        return new RowRule(
                number ? Violation.Kind.RANGE : Violation.Kind.CAST,
                type.declared(),
                column.target(),
                condition,
                number
                        ? "are out of the range of " + type.declared()
                        : "cannot be read as " + type.declared(),
                number
                        ? "Widen the target's column, give it an expression in the mapping, or mend"
                                + " the rows on the source."
                        : "Give the column an expression in the mapping that makes them readable,"
                                + " leave the rows behind with where, or mend them on the"
                                + " source.");
    }

    private Optional<String> loss(DerivedColumn column, Column from) {
        String raw = raw(from);
        String base = from.type().base();
        String result = column.result().base();
        if (column.targetCast() != null || !isCastOf(column, raw)) {
            return Optional.empty();
        }
        String cast = "CAST(" + raw + " AS " + result + ")";
        if (FRACTIONAL.contains(base) && WHOLE.contains(result)) {
            // A cast that fails must not be run; a WHERE keeps no order.
            return guard.fails(raw, base, result)
                    .map(
                            fails ->
                                    "CASE WHEN "
                                            + fails
                                            + " THEN false ELSE CAST("
                                            + cast
                                            + " AS "
                                            + base
                                            + ") <> "
                                            + raw
                                            + " END");
        }
        if (base.equals("bigint") && result.equals("double precision")) {
            return Optional.of("CAST(" + cast + " AS numeric) <> CAST(" + raw + " AS numeric)");
        }
        boolean showsOnTheWayBack =
                (base.startsWith("timestamp ") && result.equals("date"))
                        || (APPROXIMATE.contains(base) && result.equals("numeric"));
        if (showsOnTheWayBack) {
            return Optional.of("CAST(" + cast + " AS " + base + ") <> " + raw);
        }
        return Optional.empty();
    }

    private RowRule lossRule(DerivedColumn column, String condition) {
        StoredType type = rows.type(column.target());
        return new RowRule(
                Violation.Kind.LOSS,
                type.declared(),
                column.target(),
                condition,
                "lose what " + type.declared() + " cannot hold",
                "Widen the target's column if nothing may be lost.");
    }
}
