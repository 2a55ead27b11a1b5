package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Literal;
import dev.confiture.mapping.Evaluation;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a target table and its entries into ranges of a key that every entry gives as well, so that
 * both servers find a range by an index. Each side cuts its own rows in its own order of the key;
 * every row is in one range of its side, whatever the order.
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
    private final List<EntryKey> keys;

    private KeyRanges(ComparedTable table, List<Part> parts, List<EntryKey> keys) {
        this.table = table;
        this.parts = List.copyOf(parts);
        this.keys = List.copyOf(keys);
    }

    /** A column of the key and the type that its bounds are compared as. */
    private record Part(String column, String type) {}

    /** Empty if no key is given by every entry; one that indexes are known for is preferred. */
    static Optional<KeyRanges> of(ComparedTable table) {
        List<KeyRanges> ranges =
                table.target().keys().stream()
                        .map(key -> of(table, key))
                        .flatMap(Optional::stream)
                        .toList();
        return ranges.stream()
                .filter(KeyRanges::haveIndexes)
                .findFirst()
                .or(() -> ranges.stream().findFirst());
    }

    private static Optional<KeyRanges> of(ComparedTable table, Key key) {
        List<EntryKey> keys =
                table.entries().stream()
                        .map(entry -> EntryKey.of(table.source(), entry, key))
                        .flatMap(Optional::stream)
                        .filter(KeyRanges::canBeFound)
                        .toList();
        if (keys.size() < table.entries().size()) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        for (int index = 0; index < key.columns().size(); index++) {
            int number = index;
            Column column = table.target().column(key.columns().get(index)).orElseThrow();
            Set<Optional<String>> types =
                    keys.stream()
                            .map(it -> type(it.values().get(number).type(), column.type()))
                            .collect(Collectors.toSet());
            if (types.size() != 1 || types.contains(Optional.<String>empty())) {
                return Optional.empty();
            }
            parts.add(new Part(column.name(), types.iterator().next().orElseThrow()));
        }
        return parts.stream().allMatch(part -> canBeAskedFor(table, part))
                ? Optional.of(new KeyRanges(table, parts, keys))
                : Optional.empty();
    }

    /**
     * Through a foreign table a range is only as good as its condition, which the source has to be
     * given; else every range would fetch the whole table. It is not given what depends on a
     * collation.
     */
    private static boolean canBeAskedFor(ComparedTable table, Part part) {
        return !part.type.equals("text")
                || table.entries().stream()
                        .allMatch(entry -> entry.lineage().evaluation() == Evaluation.SOURCE);
    }

    /** Of a query on foreign tables the target's planner knows nothing. */
    private static boolean canBeFound(EntryKey key) {
        return key.hasIndex() || key.entry().lineage().evaluation() == Evaluation.SOURCE;
    }

    private static Optional<String> type(ColumnType from, ColumnType to) {
        if (WHOLE_NUMBERS.contains(from.base()) && WHOLE_NUMBERS.contains(to.base())) {
            return Optional.of("bigint");
        }
        if (TEXTS.contains(from.base()) && TEXTS.contains(to.base())) {
            return Optional.of("text");
        }
        boolean same = from.declared().equals(to.declared());
        return same && SORTED_ALIKE.contains(to.base()) ? Optional.of(to.base()) : Optional.empty();
    }

    private boolean haveIndexes() {
        return keys.stream().allMatch(EntryKey::hasIndex);
    }

    /**
     * The key at which the next range begins, or null if it is the last one.
     *
     * @param from the key at which this range begins, or null for the first
     * @param rows how many rows of the target this range is to have
     */
    @Nullable List<String> end(
            SliceComparison comparison, Session target, @Nullable List<String> from, long rows) {
        List<String> end = keyAfter(target, from, rows);
        return end == null || haveIndexes() || canBeCut(comparison, target, from) ? end : null;
    }

    private boolean canBeCut(
            SliceComparison comparison, Session target, @Nullable List<String> from) {
        List<String> first = from == null ? keyAfter(target, null, 0) : from;
        return first != null && comparison.canBeCut(table, slice(first, first), slice(from, null));
    }

    /** Whether the order depends on collations, which two servers may not share. */
    boolean dependOnCollations() {
        return parts.stream().anyMatch(part -> part.type.equals("text"));
    }

    private @Nullable List<String> keyAfter(
            Session target, @Nullable List<String> from, long rows) {
        List<String> names = parts.stream().map(part -> stored(part)).toList();
        String lower = from == null ? "" : " WHERE " + rows(names, ">=", from);
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
        for (EntryKey key : keys) {
            wanted.add(new Slice.Wanted(key.entry(), condition(key, from, to)));
        }
        List<String> stored = parts.stream().map(this::stored).toList();
        return new Slice(
                wanted, between((operator, bound) -> rows(stored, operator, bound), from, to));
    }

    private String stored(Part part) {
        return RowText.reference(ComparedTable.TARGET, part.column);
    }

    /** Rows without a key, which the target cannot have, belong to the first range. */
    private @Nullable String condition(
            EntryKey key, @Nullable List<String> from, @Nullable List<String> to) {
        String range = between((operator, bound) -> bound(key, operator, bound), from, to);
        if (range == null) {
            return null;
        }
        List<String> nullable =
                key.values().stream()
                        .filter(EntryKey.Value::mayBeNull)
                        .map(EntryKey.Value::sql)
                        .toList();
        return from == null
                ? nullable.stream()
                        .map(name -> " OR " + name + " IS NULL")
                        .collect(Collectors.joining("", "(" + range, ")"))
                : nullable.stream()
                        .map(name -> " AND " + name + " IS NOT NULL")
                        .collect(Collectors.joining("", range, ""));
    }

    /**
     * @param bound SQL for an operator and the key to compare with
     */
    private static @Nullable String between(
            BiFunction<String, List<String>, String> bound,
            @Nullable List<String> from,
            @Nullable List<String> to) {
        String conditions =
                Stream.of(
                                from == null ? null : bound.apply(">=", from),
                                to == null ? null : bound.apply("<", to))
                        .flatMap(Stream::ofNullable)
                        .collect(Collectors.joining(" AND "));
        return conditions.isEmpty() ? null : conditions;
    }

    private String bound(EntryKey key, String operator, List<String> bound) {
        List<String> names = key.values().stream().map(EntryKey.Value::sql).toList();
        return key.isComparedByColumns()
                ? led(columnByColumn(names, operator, bound), names, operator, bound)
                : rows(names, operator, bound);
    }

    private String rows(List<String> names, String operator, List<String> bound) {
        String all =
                compare(
                        "(" + String.join(", ", names) + ")",
                        operator,
                        IntStream.range(0, parts.size())
                                .mapToObj(index -> value(index, bound))
                                .collect(Collectors.joining(", ", "(", ")")));
        return led(all, names, operator, bound);
    }

    /** The planner takes comparisons of many columns for less selective than they are. */
    private String led(String all, List<String> names, String operator, List<String> bound) {
        if (parts.size() == 1) {
            return all;
        }
        String including = operator.equals("<") ? "<=" : operator;
        return all + " AND " + compare(names.getFirst(), including, value(0, bound));
    }

    private String columnByColumn(List<String> names, String operator, List<String> bound) {
        int last = parts.size() - 1;
        String condition = compare(names.get(last), operator, value(last, bound));
        for (int index = last - 1; index >= 0; index--) {
            String name = names.get(index);
            String value = value(index, bound);
            condition =
                    "("
                            + compare(name, operator.substring(0, 1), value)
                            + " OR ("
                            + compare(name, "=", value)
                            + " AND "
                            + condition
                            + "))";
        }
        return condition;
    }

    private static String compare(String left, String operator, String right) {
        return left + " OPERATOR(pg_catalog." + operator + ") " + right;
    }

    private String value(int index, List<String> bound) {
        return "CAST(" + Literal.quote(bound.get(index)) + " AS " + parts.get(index).type + ")";
    }
}
