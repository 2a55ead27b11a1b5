package dev.confiture.analyze.prove;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.mapping.DerivedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What each target column demands of its values: not NULL, no longer, no larger, a known label. */
final class ColumnRules {
    private final EntryRows rows;

    ColumnRules(EntryRows rows) {
        this.rows = rows;
    }

    List<RowRule> all() {
        List<RowRule> rules = new ArrayList<>();
        for (DerivedColumn derived : rows.entry().columns()) {
            rows.target().column(derived.target()).ifPresent(column -> add(rules, derived, column));
        }
        return rules;
    }

    private void add(List<RowRule> rules, DerivedColumn derived, Column column) {
        StoredType type = rows.type(column.name());
        String value = rows.typed(derived);
        if (column.notNull()) {
            rules.add(notNull(column));
        }
        if (type.sort() == StoredType.Sort.ENUM) {
            rules.add(labels(column, type, value));
        } else if (type.sort() == StoredType.Sort.BUILT_IN && type.limited()) {
            addLimits(rules, column, type, value);
        }
    }

    /** A composite value whose fields are all NULL is a value; hence no {@code IS NULL}. */
    private RowRule notNull(Column column) {
        return new RowRule(
                Violation.Kind.NOT_NULL,
                "NOT NULL",
                column.name(),
                rows.column(column.name()) + " IS NOT DISTINCT FROM NULL",
                "would be NULL, which the column refuses",
                "Give the column an expression in the mapping, such as coalesce(…), mend the rows"
                        + " on the source"
                        + (column.type().kind() == ColumnType.Kind.DOMAIN
                                ? "."
                                : ", or run on the target: " + alter(column, "DROP NOT NULL")));
    }

    private RowRule labels(Column column, StoredType type, String value) {
        return new RowRule(
                Violation.Kind.LABEL,
                type.declared(),
                column.name(),
                type.labels().isEmpty()
                        ? value + " IS NOT NULL"
                        : value
                                + " NOT IN ("
                                + type.labels().stream()
                                        .map(Literal::quote)
                                        .collect(Collectors.joining(", "))
                                + ")",
                "have a label that the enum " + type.declared() + " does not know",
                "Translate the labels by an expression in the mapping, or run on the target: ALTER"
                        + " TYPE "
                        + type.declared()
                        + " ADD VALUE '…';");
    }

    private void addLimits(List<RowRule> rules, Column column, StoredType type, String value) {
        switch (type.base()) {
            case "character varying" -> {
                String trimmed = "char_length(rtrim(" + value + ", ' '))";
                String length = "char_length(" + value + ")";
                rules.add(tooLong(column, type, trimmed + " > " + type.length(), "longer"));
                rules.add(
                        loss(
                                column,
                                type,
                                length
                                        + " > "
                                        + type.length()
                                        + " AND "
                                        + trimmed
                                        + " <= "
                                        + type.length()));
            }
            case "bpchar" ->
                    rules.add(
                            tooLong(
                                    column,
                                    type,
                                    "char_length(" + value + ") > " + type.length(),
                                    "longer"));
            case "\"bit\"" ->
                    rules.add(
                            tooLong(
                                    column,
                                    type,
                                    "length(" + value + ") <> " + type.modifier(),
                                    "longer or shorter"));
            case "bit varying" ->
                    rules.add(
                            tooLong(
                                    column,
                                    type,
                                    "length(" + value + ") > " + type.modifier(),
                                    "longer"));
            case "numeric" -> {
                rules.add(tooLarge(column, type, value));
                rules.add(
                        loss(
                                column,
                                type,
                                "round(" + value + ", " + type.scale() + ") <> " + value));
            }
            default -> {
                String kept = type.kept(value);
                if (!kept.equals(value)) {
                    rules.add(loss(column, type, kept + " <> " + value));
                }
            }
        }
    }

    private RowRule tooLong(Column column, StoredType type, String broken, String how) {
        return new RowRule(
                Violation.Kind.LENGTH,
                type.declared(),
                column.name(),
                broken,
                "are " + how + " than " + type.declared() + " allows",
                "Shorten them by an expression in the mapping, mend the rows on the source, or"
                        + " widen the target's column: "
                        + alter(column, "TYPE …"));
    }

    /** NaN passes every precision, infinity none. */
    private RowRule tooLarge(Column column, StoredType type, String value) {
        return new RowRule(
                Violation.Kind.RANGE,
                type.declared(),
                column.name(),
                value
                        + " <> 'NaN' AND abs(round("
                        + value
                        + ", "
                        + type.scale()
                        + ")) >= CAST('1e"
                        + (type.precision() - type.scale())
                        + "' AS numeric)",
                "have more digits than " + type.declared() + " allows",
                "Widen the target's column, or mend the rows on the source: "
                        + alter(column, "TYPE …"));
    }

    private static RowRule loss(Column column, StoredType type, String broken) {
        return new RowRule(
                Violation.Kind.LOSS,
                type.declared(),
                column.name(),
                broken,
                "lose what " + type.declared() + " cannot hold",
                "Widen the target's column if nothing may be lost.");
    }

    private String alter(Column column, String change) {
        return "ALTER TABLE %s ALTER COLUMN %s %s;"
                .formatted(rows.target().name().quoted(), Identifier.quote(column.name()), change);
    }
}
