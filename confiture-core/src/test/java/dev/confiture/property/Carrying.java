package dev.confiture.property;

import dev.confiture.property.SourceTable.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entry that follows one table: renames, expressions, a join, a condition. */
final class Carrying {
    private final CaseGenerator maker;
    private final Chance chance;
    private final Names names;
    private final SourceTable from;
    private final @Nullable SourceTable lookup;
    private final TargetTable to;
    private final List<String> values = new ArrayList<>();
    private final Map<String, Object> columns = new LinkedHashMap<>();
    private final Map<String, Object> expressions = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private String rows;
    private boolean movable;

    Carrying(CaseGenerator maker, SourceTable from, @Nullable SourceTable lookup) {
        this.maker = maker;
        this.chance = maker.chance;
        this.names = maker.names;
        this.to = maker.table();
        this.from = from;
        this.lookup = lookup != null && chance.percent(80) ? lookup : null;
        this.rows = from.ownRows() + " AS " + Names.quote(from.name());
        this.movable = from.columns().stream().allMatch(column -> column.type().builtIn());
    }

    void make() {
        List<String> key = new ArrayList<>();
        from.key().forEach(column -> key.add(carry(column, false)));
        for (Column column : from.others()) {
            if (chance.percent(75)) {
                carry(column, chance.percent(5));
            } else {
                ignored.add(column.name());
            }
        }
        Map<String, Object> options = new LinkedHashMap<>();
        if (chance.percent(60) || lookup != null) {
            ownSql(options);
        }
        if (!key.isEmpty() && chance.percent(60)) {
            to.primaryKey(key);
        }
        extras();
        options.put("columns", columns);
        options.put("expressions", expressions);
        options.put("ignore", ignored);
        options.values()
                .removeIf(
                        value ->
                                (value instanceof Map<?, ?> map && map.isEmpty())
                                        || (value instanceof List<?> list && list.isEmpty()));
        to.expect("SELECT " + String.join(", ", values) + " FROM " + rows);
        maker.add(from, to, options, movable);
    }

    private String carry(Column column, boolean risky) {
        List<String> choices =
                risky && !column.type().risks().isEmpty()
                        ? column.type().risks()
                        : column.type().changes();
        boolean renamed = chance.percent(50);
        String name = renamed ? names.next("to") : column.name();
        feed(column, name, chance.one(choices));
        if (renamed && chance.percent(10)) {
            String second = names.next("twin");
            feed(column, second, chance.one(column.type().changes()));
            columns.put(column.name(), List.of(name, second));
        } else if (renamed || chance.percent(30)) {
            columns.put(column.name(), name);
        }
        return name;
    }

    private void feed(Column column, String name, String type) {
        boolean identity = from.key().contains(column) && type.equals("bigint");
        to.feed(
                name,
                identity && chance.percent(30) ? "bigint GENERATED ALWAYS AS IDENTITY" : type);
        values.add(ValueType.carried(from.reference(column), column.type().declared(), type));
    }

    private void ownSql(Map<String, Object> options) {
        List<String> references = new ArrayList<>();
        List<Column> readable = new ArrayList<>();
        from.columns().forEach(column -> offer(from, column, references, readable));
        if (lookup != null) {
            join(lookup, options);
            lookup.columns().forEach(column -> offer(lookup, column, references, readable));
        }
        int wanted = chance.between(1, 4);
        for (int i = 0; i < wanted && !readable.isEmpty(); i++) {
            int choice = chance.below(readable.size());
            compute(readable.get(choice), references.get(choice), readable, references);
        }
        if (chance.percent(40) && !readable.isEmpty()) {
            int choice = chance.below(readable.size());
            maker.grammar
                    .condition(readable.get(choice).type().sort())
                    .map(sql -> Grammar.fill(sql, hole -> references.get(choice)))
                    .ifPresent(sql -> restrict(options, sql));
        }
    }

    private void restrict(Map<String, Object> options, String sql) {
        options.put("where", sql);
        rows += " WHERE " + sql + "\n";
    }

    private void offer(
            SourceTable table, Column column, List<String> references, List<Column> columns) {
        references.add(table.reference(column));
        columns.add(column);
    }

    private void join(SourceTable other, Map<String, Object> options) {
        movable &= other.movable() && other.columns().stream().allMatch(c -> c.type().builtIn());
        List<String> equalities = new ArrayList<>();
        for (int i = 0; i < other.keyColumns(); i++) {
            equalities.add(
                    other.reference(other.columns().get(i))
                            + " = "
                            + from.reference(from.others().get(i)));
        }
        String on = String.join(" AND ", equalities);
        boolean left = chance.percent(60);
        options.put(
                "joins",
                List.of(
                        Map.of(
                                "table",
                                Names.inMapping(other.schema(), other.name()),
                                "type",
                                left ? "left" : "inner",
                                "on",
                                on)));
        rows +=
                (left ? " LEFT JOIN " : " JOIN ")
                        + other.ownRows()
                        + " AS "
                        + Names.quote(other.name())
                        + " ON "
                        + on;
    }

    private void compute(
            Column column, String reference, List<Column> readable, List<String> references) {
        Optional<Grammar.Template> template = maker.grammar.value(column.type().sort());
        if (template.isEmpty()) {
            return;
        }
        List<String> partners = new ArrayList<>();
        for (int i = 0; i < readable.size(); i++) {
            if (readable.get(i).type().sort() == column.type().sort()) {
                partners.add(references.get(i));
            }
        }
        String partner = chance.one(partners);
        String sql =
                Grammar.fill(template.get().sql(), hole -> hole.equals("a") ? reference : partner);
        String result = template.get().result();
        String type = chance.percent(25) && !result.endsWith("[]") ? "text" : result;
        String name = names.next("computed");
        to.feed(name, type);
        expressions.put(name, sql);
        values.add(ValueType.carried("(" + sql + "\n)", result, type));
    }

    private void extras() {
        if (chance.percent(30)) {
            to.define(names.next("extra"), "text DEFAULT 'it''s new'");
        }
        if (chance.percent(30)) {
            to.define(names.next("extra"), "integer NOT NULL DEFAULT 7");
        }
        if (chance.percent(30)) {
            to.define(names.next("made"), "integer GENERATED ALWAYS AS (1 + 2) STORED");
        }
    }
}
