package dev.confiture.property;

import dev.confiture.property.SourceTable.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a whole case out of one seed. */
final class CaseGenerator {
    private final long seed;
    final Chance chance;
    final Names names;
    final Grammar grammar;
    private final SourceTables sources;

    private final StringBuilder source = new StringBuilder(OwnTypes.ON_SOURCE);
    private final StringBuilder target = new StringBuilder(OwnTypes.ON_TARGET);
    private final List<Entry> entries = new ArrayList<>();
    private final List<TargetTable> tables = new ArrayList<>();
    private final List<String> ignoredTables = new ArrayList<>();

    private CaseGenerator(long seed) {
        this.seed = seed;
        this.chance = new Chance(seed);
        this.names = new Names(chance);
        this.grammar = new Grammar(chance);
        this.sources = new SourceTables(chance, names);
    }

    static GeneratedCase of(long seed) {
        return new CaseGenerator(seed).make();
    }

    private GeneratedCase make() {
        SourceTable lookup = chance.percent(40) ? sources.make(null) : null;
        if (lookup != null && lookup.keyColumns() == 0) {
            lookup = null;
        }
        List<SourceTable> driving = new ArrayList<>();
        int count = chance.between(1, 2);
        for (int i = 0; i < count; i++) {
            SourceTable table = sources.make(lookup);
            driving.add(table);
            source.append(sources.ddl(table));
            new Carrying(this, table, lookup).make();
            if (chance.percent(25)) {
                new Carrying(this, table, null).make();
            }
            if (chance.percent(30)) {
                grouped(table);
            }
        }
        if (lookup != null) {
            source.append(sources.ddl(lookup));
            if (chance.percent(50)) {
                new Carrying(this, lookup, null).make();
            } else {
                ignoredTables.add(Names.inMapping(lookup.schema(), lookup.name()));
            }
        }
        if (driving.size() == 2 && chance.percent(60)) {
            union(driving);
        }
        ignoredTables.addAll(sources.heirs());
        tables.forEach(table -> target.append(table.ddl(chance)));
        Set<String> onTarget =
                entries.stream()
                        .filter(entry -> entry.movable() && chance.percent(60))
                        .map(Entry::name)
                        .collect(Collectors.toSet());
        return new GeneratedCase(
                seed,
                source.toString(),
                target.toString(),
                entries,
                ignoredTables,
                tables,
                chance.one(List.of(4096L, 20_000L, 64_000L)),
                onTarget);
    }

    TargetTable table() {
        TargetTable table = new TargetTable(names.next("new"));
        tables.add(table);
        return table;
    }

    void add(SourceTable from, TargetTable to, Map<String, Object> options, boolean movable) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("source_table", Names.inMapping(from.schema(), from.name()));
        all.put("target_table", Names.inMapping("public", to.name()));
        all.putAll(options);
        entries.add(new Entry("entry " + entries.size(), all, movable && from.movable()));
    }

    /** One row for each value of a column, by a whole query. */
    private void grouped(SourceTable from) {
        Optional<Column> by = from.columns().stream().filter(column -> isPlain(column)).findFirst();
        if (by.isEmpty()) {
            return;
        }
        String alias = Names.quote("t");
        String column = alias + "." + by.get().quoted();
        TargetTable to = table();
        String key = names.next("group");
        List<String> values = new ArrayList<>(List.of(column + " AS " + Names.quote(key)));
        to.feed(key, by.get().type().declared());
        feedCounted(to, values, "count(*)", "bigint");
        for (Column other : from.columns()) {
            if (isPlain(other) && chance.percent(40)) {
                String reference = alias + "." + other.quoted();
                String collate = other.type().sort() == ValueType.Sort.TEXT ? " COLLATE \"C\"" : "";
                feedCounted(
                        to,
                        values,
                        "string_agg("
                                + reference
                                + "::text, '; ' ORDER BY "
                                + reference
                                + collate
                                + ")",
                        "text");
            }
        }
        String select =
                "SELECT "
                        + String.join(", ", values)
                        + " FROM "
                        + (from.schema().equals("public") ? "" : "\"Odd schema\".")
                        + Names.quote(from.name())
                        + " AS t WHERE "
                        + column
                        + " IS NOT NULL GROUP BY 1 -- why?";
        to.expect(select);
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("select", select);
        options.put("key", List.of(key));
        options.put(
                "depends",
                Map.of(Names.inMapping(from.schema(), from.name()), List.of(by.get().name())));
        add(from, to, options, from.columns().stream().allMatch(c -> c.type().builtIn()));
    }

    private void feedCounted(TargetTable to, List<String> values, String sql, String type) {
        String name = names.next("sum");
        to.feed(name, type);
        values.add(sql + " AS " + Names.quote(name));
    }

    /** Whether equal values look alike too. */
    private static boolean isPlain(Column column) {
        return switch (column.type().sort()) {
            case INTEGER, DATE, UUID, BOOLEAN, BYTES -> true;
            case TEXT -> !column.type().declared().contains("COLLATE");
            default -> false;
        };
    }

    /** Two tables in one, told apart by an origin. */
    private void union(List<SourceTable> parts) {
        if (parts.stream().anyMatch(part -> part.keyColumns() != 1)) {
            return;
        }
        TargetTable to = table();
        List<String> wanted = List.of(names.next("origin"), names.next("id"), names.next("one"));
        to.feed(wanted.get(0), "text");
        to.feed(wanted.get(1), "text");
        to.feed(wanted.get(2), "text");
        to.primaryKey(wanted.subList(0, 2));
        for (SourceTable part : parts) {
            unionPart(part, to, wanted);
        }
    }

    private void unionPart(SourceTable part, TargetTable to, List<String> wanted) {
        Column key = part.key().getFirst();
        Column other =
                part.others().stream()
                        .filter(column -> column.type().changes().contains("text"))
                        .findFirst()
                        .orElse(key);
        String origin = "'" + part.name().replace("'", "''") + "'";
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put(
                key.name(),
                other.equals(key) ? List.of(wanted.get(1), wanted.get(2)) : wanted.get(1));
        if (!other.equals(key)) {
            columns.put(other.name(), wanted.get(2));
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("columns", columns);
        options.put("expressions", Map.of(wanted.get(0), origin));
        options.put("key", wanted.subList(0, 2));
        Set<String> left = new HashSet<>();
        part.columns().forEach(column -> left.add(column.name()));
        left.removeAll(columns.keySet());
        options.put(
                "ignore",
                part.columns().stream().map(Column::name).filter(left::contains).toList());
        to.expect(
                "SELECT "
                        + origin
                        + ", "
                        + text(part, key)
                        + ", "
                        + text(part, other)
                        + " FROM "
                        + part.ownRows()
                        + " AS "
                        + Names.quote(part.name()));
        add(part, to, options, true);
    }

    private static String text(SourceTable part, Column column) {
        return ValueType.carried(part.reference(column), column.type().declared(), "text");
    }
}
