package dev.confiture.analyze;

import dev.confiture.analyze.AnalyzeReport.ColumnPlan;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.Table;
import dev.confiture.inverse.ColumnWayBack;
import dev.confiture.inverse.WayBack;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.TypeChangeClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of every column on both sides of an entry where it goes or comes from. */
final class ColumnPlans {
    private final Map<String, WayBack> back = new HashMap<>();
    private final Derivation entry;
    private final Table source;

    /**
     * Of one entry.
     *
     * @param back what comes back of each column of all old tables
     */
    ColumnPlans(List<ColumnWayBack> back, Derivation entry, Table source) {
        this.entry = entry;
        this.source = source;
        back.stream()
                .filter(column -> column.table().equals(source.name()))
                .forEach(column -> this.back.put(column.column(), column.way()));
    }

    /**
     * The target's columns in their order, then the source columns that stay behind.
     *
     * @param all every entry of the mapping: what another one carries is not left behind
     */
    List<ColumnPlan> of(Table target, List<Derivation> all) {
        List<ColumnPlan> plans = new ArrayList<>();
        for (Column column : target.columns()) {
            plans.add(
                    entry.columns().stream()
                            .filter(derived -> derived.target().equals(column.name()))
                            .findFirst()
                            .map(derived -> fed(derived, column))
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
                .map(this::leftBehind)
                .forEach(plans::add);
        return plans;
    }

    private ColumnPlan fed(DerivedColumn derived, Column target) {
        Optional<Column> from = Optional.ofNullable(derived.sourceColumn()).flatMap(source::column);
        return new ColumnPlan(
                derived.origin().name().toLowerCase(Locale.ROOT),
                derived.sourceColumn(),
                from.map(ColumnPlans::declared).orElse(null),
                target.name(),
                declared(target),
                from.map(column -> TypeChangeClass.of(column.type(), target.type()).label())
                        .orElse(null),
                wayBack(from.map(Column::name).map(Set::of).orElseGet(this::computedFrom)).label());
    }

    /** The driving table's columns that the entry reads but carries nowhere as they are. */
    private Set<String> computedFrom() {
        Set<String> columns =
                new HashSet<>(entry.lineage().reads().getOrDefault(entry.source(), Set.of()));
        entry.columns().forEach(column -> columns.remove(column.sourceColumn()));
        return columns;
    }

    private static ColumnPlan leftAtDefault(Column target) {
        return new ColumnPlan("default", null, null, target.name(), declared(target), null, null);
    }

    private ColumnPlan leftBehind(Column column) {
        return new ColumnPlan(
                "ignored",
                column.name(),
                declared(column),
                null,
                null,
                null,
                wayBack(Set.of(column.name())).label());
    }

    /** The one that promises least. */
    private WayBack wayBack(Set<String> columns) {
        return columns.stream()
                .map(column -> back.getOrDefault(column, WayBack.ENDS_HERE))
                .max(Comparator.naturalOrder())
                .orElse(WayBack.LOSSLESS);
    }

    private static String declared(Column column) {
        return column.type().declared();
    }
}
