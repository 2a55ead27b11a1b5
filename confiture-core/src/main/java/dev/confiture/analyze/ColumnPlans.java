package dev.confiture.analyze;

import dev.confiture.analyze.AnalyzeReport.ColumnPlan;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of every column on both sides of an entry where it goes or comes from. */
final class ColumnPlans {
    private ColumnPlans() {}

    /**
     * The target's columns in their order, then the source columns that stay behind.
     *
     * @param all every entry of the mapping: what another one carries is not left behind
     */
    static List<ColumnPlan> of(Derivation entry, Table source, Table target, List<Derivation> all) {
        List<ColumnPlan> plans = new ArrayList<>();
        for (Column column : target.columns()) {
            plans.add(
                    entry.columns().stream()
                            .filter(derived -> derived.target().equals(column.name()))
                            .findFirst()
                            .map(derived -> fed(entry, derived, source, column))
                            .orElseGet(() -> leftAtDefault(column)));
        }
        Set<String> carried =
                all.stream()
                        .map(other -> other.lineage().reads().get(entry.source()))
                        .filter(Objects::nonNull)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet());
        source.columns().stream()
                .filter(column -> !carried.contains(column.name()))
                .map(column -> leftBehind(entry, column))
                .forEach(plans::add);
        return plans;
    }

    private static ColumnPlan fed(
            Derivation entry, DerivedColumn derived, Table source, Column target) {
        Optional<Column> from = Optional.ofNullable(derived.sourceColumn()).flatMap(source::column);
        Optional<TypeChangeClass> change =
                from.map(column -> TypeChangeClass.of(column.type(), target.type()));
        return new ColumnPlan(
                derived.origin().name().toLowerCase(Locale.ROOT),
                derived.sourceColumn(),
                from.map(ColumnPlans::declared).orElse(null),
                target.name(),
                declared(target),
                change.map(TypeChangeClass::label).orElse(null),
                WayBack.of(entry, derived, change).label());
    }

    private static ColumnPlan leftAtDefault(Column target) {
        return new ColumnPlan("default", null, null, target.name(), declared(target), null, null);
    }

    private static ColumnPlan leftBehind(Derivation entry, Column source) {
        return new ColumnPlan(
                "ignored",
                source.name(),
                declared(source),
                null,
                null,
                null,
                WayBack.leftBehind(entry, source).label());
    }

    private static String declared(Column column) {
        return column.type().declared();
    }
}
