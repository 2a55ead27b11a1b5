package dev.confiture.mapping;

import dev.confiture.mapping.LongForm.Depends;
import dev.confiture.mapping.LongForm.Expression;
import dev.confiture.mapping.LongForm.Fragment;
import dev.confiture.mapping.LongForm.Join;
import dev.confiture.mapping.LongForm.Named;
import dev.confiture.yaml.NearestName;
import dev.confiture.yaml.YamlMap;
import dev.confiture.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the options of an entry that hold SQL. */
final class LongFormParser {
    private static final String EXPRESSIONS = "expressions";
    private static final String WHERE = "where";
    private static final String JOINS = "joins";
    private static final String SELECT = "select";
    private static final String KEY = "key";
    private static final String DEPENDS = "depends";
    private static final String EVALUATE = "evaluate";
    private static final String REVERSE = "reverse";

    static final List<String> OPTIONS =
            List.of(EXPRESSIONS, WHERE, JOINS, SELECT, KEY, DEPENDS, EVALUATE, REVERSE);

    /** Options that say piece by piece what a query says as a whole. */
    private static final List<String> PIECES = List.of("columns", EXPRESSIONS, WHERE, JOINS);

    private final YamlMap options;

    LongFormParser(YamlMap options) {
        this.options = options;
    }

    LongForm parse() {
        refusePiecesBesideSelect();
        requireWithSelect(
                KEY,
                options.value(KEY).stream().flatMap(key -> key.elements().stream()),
                "the target columns that identify its rows",
                "key: [COLUMN, …]");
        requireWithSelect(
                DEPENDS,
                options.value(DEPENDS).stream().flatMap(it -> it.map().entries().stream()),
                "each table that it reads, with its columns that lead to the key",
                "depends: {TABLE: [COLUMN, …]}");
        return new LongForm(
                expressions(EXPRESSIONS),
                fragment(WHERE),
                options.value(JOINS).map(YamlNode::elements).orElse(List.of()).stream()
                        .map(LongFormParser::join)
                        .toList(),
                fragment(SELECT),
                options.value(KEY).map(LongFormParser::names).orElse(List.of()),
                options.value(DEPENDS).map(node -> node.map().entries()).orElse(List.of()).stream()
                        .map(LongFormParser::depends)
                        .toList(),
                evaluation(),
                expressions(REVERSE),
                LongForm.Turned.NOT);
    }

    private void refusePiecesBesideSelect() {
        if (options.value(SELECT).isEmpty()) {
            return;
        }
        for (String piece : PIECES) {
            options.value(piece)
                    .ifPresent(
                            node -> {
                                throw node.failure(
                                        "cannot stand beside \"select\", which is the whole query",
                                        "Put it into the query, or take the query away.");
                            });
        }
    }

    /** Nothing but the person who wrote the query knows these. */
    private void requireWithSelect(String option, Stream<?> members, String meaning, String form) {
        boolean missing = members.findAny().isEmpty();
        options.value(SELECT)
                .filter(_ -> missing)
                .ifPresent(
                        select -> {
                            throw select.failure(
                                    "needs \"" + option + "\" beside it: " + meaning,
                                    "Add: " + form);
                        });
    }

    private List<Expression> expressions(String option) {
        return options.value(option).map(node -> node.map().entries()).orElse(List.of()).stream()
                .map(entry -> new Expression(entry.key(), fragment(entry.value())))
                .toList();
    }

    private @Nullable Fragment fragment(String option) {
        return options.value(option).map(LongFormParser::fragment).orElse(null);
    }

    private static Fragment fragment(YamlNode node) {
        String sql = node.text();
        if (sql.isBlank()) {
            throw node.failure("holds no SQL", null);
        }
        SqlPiece.flaw(sql)
                .ifPresent(
                        flaw -> {
                            throw node.failure(
                                    flaw,
                                    "Close every parenthesis that is opened there, and no"
                                            + " other; write no semicolon.");
                        });
        return new Fragment(sql, MappingParser.position(node.position()));
    }

    private static Join join(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly(List.of("table", "type", "on", "as"));
        YamlNode table = required(map, "table");
        String alias = map.text("as").orElse(MappingParser.table(table).name());
        return new Join(
                MappingParser.table(table),
                alias,
                joinType(map),
                fragment(required(map, "on")),
                MappingParser.position(node.position()));
    }

    private static YamlNode required(YamlMap map, String option) {
        return map.value(option).orElseThrow(() -> map.failure("has no \"" + option + "\"", null));
    }

    private static Join.Type joinType(YamlMap map) {
        YamlNode node = map.value("type").orElse(null);
        if (node == null) {
            return Join.Type.INNER;
        }
        return switch (node.text().toLowerCase(Locale.ROOT)) {
            case "inner" -> Join.Type.INNER;
            case "left" -> Join.Type.LEFT;
            default ->
                    throw node.failure(
                            "must be inner or left, but is \"" + node.text() + "\"",
                            "A right or full join has no driving table; write a select.");
        };
    }

    private static List<Named> names(YamlNode node) {
        return node.elements().stream()
                .map(
                        element ->
                                new Named(
                                        EntryParser.columnName(element),
                                        MappingParser.position(element.position())))
                .toList();
    }

    private static Depends depends(YamlMap.Entry entry) {
        return new Depends(
                TableReference.parse(entry.key())
                        .orElseThrow(
                                () ->
                                        entry.position()
                                                .failure(
                                                        "depends: no table's name: " + entry.key(),
                                                        TableReference.FORM)),
                names(entry.value()),
                MappingParser.position(entry.position()));
    }

    private Evaluation evaluation() {
        YamlNode node = options.value(EVALUATE).orElse(null);
        if (node == null) {
            return Evaluation.SOURCE;
        }
        return switch (node.text()) {
            case "source" -> Evaluation.SOURCE;
            case "target" -> Evaluation.TARGET;
            default ->
                    throw node.failure(
                            "must be source or target, but is \""
                                    + node.text()
                                    + "\""
                                    + NearestName.question(
                                            node.text(), List.of("source", "target")),
                            null);
        };
    }
}
