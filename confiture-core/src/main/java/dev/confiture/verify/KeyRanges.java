package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Literal;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a target table and its entries into ranges of a key that every entry carries from a key of
 * its source table, so that both servers find a range by an index. Each side cuts its own rows in
 * its own order of the key; every row is in one range of its side, whatever the order.
 */
final class KeyRanges {
    private static final Set<String> WHOLE_NUMBERS = Set.of("smallint", "integer", "bigint");
    private static final Set<String> TEXTS = Set.of("text", "character varying");

    /** Types that sort alike on every server, if both sides have the very same. */
    private static final Set<String> SORTED_ALIKE =
            Set.of(
                    "numeric",
                    "uuid",
                    "date",
                    "timestamp without time zone",
                    "timestamp with time zone",
                    "time without time zone",
                    "bytea",
                    "real",
                    "double precision",
                    "oid");

    private final ComparedTable table;
    private final List<Part> parts;

    private KeyRanges(ComparedTable table, List<Part> parts) {
        this.table = table;
        this.parts = List.copyOf(parts);
    }

    /** A column of the key and the type that its bounds are compared as. */
    private record Part(String column, String type) {}

    /** Empty if no key leads both sides to the same rows by an index. */
    static Optional<KeyRanges> of(ComparedTable table) {
        return table.target().keys().stream()
                .map(key -> parts(table, key))
                .flatMap(Optional::stream)
                .findFirst()
                .map(parts -> new KeyRanges(table, parts));
    }

    private static Optional<List<Part>> parts(ComparedTable table, Key key) {
        List<Part> parts = new ArrayList<>();
        for (String name : key.columns()) {
            Column column = table.target().column(name).orElseThrow();
            Set<Optional<String>> types =
                    table.entries().stream()
                            .map(entry -> type(table, entry, column))
                            .collect(Collectors.toSet());
            if (types.size() != 1 || types.contains(Optional.<String>empty())) {
                return Optional.empty();
            }
            parts.add(new Part(name, types.iterator().next().orElseThrow()));
        }
        if (!parts.stream().allMatch(part -> canBeAskedFor(table, part, parts.size()))) {
            return Optional.empty();
        }
        boolean indexed = table.entries().stream().allMatch(it -> hasIndex(table, it, parts));
        return indexed ? Optional.of(parts) : Optional.empty();
    }

    /**
     * Through a foreign table a range is only as good as its condition, which the source has to be
     * given; else every range would fetch the whole table.
     */
    private static boolean canBeAskedFor(ComparedTable table, Part part, int columns) {
        return table.entries().stream()
                        .allMatch(entry -> entry.lineage().evaluation() == Evaluation.SOURCE)
                || (columns == 1 && !part.type.equals("text"));
    }

    private static Optional<String> type(ComparedTable table, Derivation entry, Column to) {
        if (!entry.query().followsTheDrivingTable()) {
            return Optional.empty();
        }
        return sourceColumn(table, entry, to.name()).flatMap(from -> type(from, to));
    }

    private static Optional<String> type(Column from, Column to) {
        String source = from.type().base();
        String target = to.type().base();
        if (WHOLE_NUMBERS.contains(source) && WHOLE_NUMBERS.contains(target)) {
            return Optional.of("bigint");
        }
        if (TEXTS.contains(source) && TEXTS.contains(target)) {
            return Optional.of("text");
        }
        boolean same = from.type().declared().equals(to.type().declared());
        return same && SORTED_ALIKE.contains(target) ? Optional.of(target) : Optional.empty();
    }

    private static Optional<Column> sourceColumn(
            ComparedTable table, Derivation entry, String target) {
        return entry.columns().stream()
                .filter(column -> column.target().equals(target))
                .map(DerivedColumn::sourceColumn)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .flatMap(table.source().require(entry.source())::column);
    }

    /** Whether an index of the source begins with the column that the ranges begin with. */
    private static boolean hasIndex(ComparedTable table, Derivation entry, List<Part> parts) {
        Table source = table.source().require(entry.source());
        String first = sourceColumn(table, entry, parts.getFirst().column).orElseThrow().name();
        return source.keys().stream().anyMatch(key -> key.columns().getFirst().equals(first));
    }

    /** Whether the order depends on collations, which two servers may not share. */
    boolean dependOnCollations() {
        return parts.stream().anyMatch(part -> part.type.equals("text"));
    }

    /**
     * The key at which the next range begins, or null if no more rows of the target are left.
     *
     * @param from the key at which this range begins, or null for the first
     * @param rows how many rows of the target this range is to have
     */
    @Nullable List<String> end(Session target, @Nullable List<String> from, long rows) {
        List<String> names = parts.stream().map(part -> stored(part)).toList();
        String lower = from == null ? "" : " WHERE " + condition(names, ">=", from);
        return target
                .select(
                        "SELECT ARRAY["
                                + names.stream()
                                        .map(name -> "pg_catalog.concat(" + name + ")")
                                        .collect(Collectors.joining(", "))
                                + "] FROM "
                                + table.target().ownRows()
                                + " AS "
                                + ComparedTable.TARGET
                                + lower
                                + " ORDER BY "
                                + String.join(", ", names)
                                + " OFFSET "
                                + rows
                                + " LIMIT 1",
                        row -> row.texts(1))
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** The rows whose keys are not before the one and before the other. */
    Slice slice(@Nullable List<String> from, @Nullable List<String> to) {
        List<Slice.Wanted> wanted = new ArrayList<>();
        for (Derivation entry : table.entries()) {
            List<String> names =
                    parts.stream()
                            .map(part -> sourceColumn(table, entry, part.column).orElseThrow())
                            .map(column -> RowText.reference(alias(entry), column.name()))
                            .toList();
            wanted.add(new Slice.Wanted(entry, condition(names, from, to)));
        }
        return new Slice(wanted, condition(parts.stream().map(this::stored).toList(), from, to));
    }

    private static String alias(Derivation entry) {
        return Identifier.quote(entry.source().name());
    }

    private String stored(Part part) {
        return RowText.reference(ComparedTable.TARGET, part.column);
    }

    private @Nullable String condition(
            List<String> names, @Nullable List<String> from, @Nullable List<String> to) {
        String conditions =
                Stream.of(
                                from == null ? null : condition(names, ">=", from),
                                to == null ? null : condition(names, "<", to))
                        .flatMap(Stream::ofNullable)
                        .collect(Collectors.joining(" AND "));
        return conditions.isEmpty() ? null : conditions;
    }

    private String condition(List<String> names, String operator, List<String> bound) {
        List<String> values = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            values.add(
                    "CAST("
                            + Literal.quote(bound.get(index))
                            + " AS "
                            + parts.get(index).type
                            + ")");
        }
        return "("
                + String.join(", ", names)
                + ") OPERATOR(pg_catalog."
                + operator
                + ") ("
                + String.join(", ", values)
                + ")";
    }
}
