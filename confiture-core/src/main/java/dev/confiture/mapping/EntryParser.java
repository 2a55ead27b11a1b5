package dev.confiture.mapping;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.yaml.NearestName;
import dev.confiture.yaml.YamlList;
import dev.confiture.yaml.YamlMap;
import dev.confiture.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one entry of the mapping file. */
final class EntryParser {
    private static final String SOURCE_TABLE = "source_table";
    private static final String TARGET_TABLE = "target_table";
    private static final String COLUMNS = "columns";
    private static final String IGNORE = "ignore";
    private static final String STRATEGY = "strategy";

    private static final List<String> OPTIONS =
            Stream.concat(
                            Stream.of(SOURCE_TABLE, TARGET_TABLE, COLUMNS, IGNORE, STRATEGY),
                            LongFormParser.OPTIONS.stream())
                    .toList();
    private static final List<String> STRATEGIES =
            List.of("auto", Strategy.COPY.label(), Strategy.FDW.label());

    /** Hooks, which stand elsewhere. */
    private static final List<String> HOOKS =
            List.of(
                    "hooks",
                    "before_copy",
                    "after_copy",
                    "before_cutover",
                    "on_switch",
                    "after_cutover",
                    "on_rollback",
                    "on_error");

    private final String name;
    private final YamlMap.Entry entry;
    private final YamlMap options;

    EntryParser(YamlMap.Entry entry) {
        this.name = entry.key();
        this.entry = entry;
        this.options = entry.value().map();
    }

    Mapping.Entry parse() {
        options.entries().forEach(this::refuseUnknown);
        LongForm longForm = new LongFormParser(options).parse();
        return new Mapping.Entry(
                name,
                source(longForm),
                table(TARGET_TABLE),
                columns(),
                ignored(),
                longForm,
                strategy(),
                MappingParser.position(entry.position()));
    }

    private void refuseUnknown(YamlMap.Entry option) {
        String key = option.key();
        if (HOOKS.contains(key)) {
            throw failure(
                    option,
                    "\"" + key + "\" does not belong in a mapping",
                    "Hooks stand in the target's environment file, under hooks.");
        }
        if (!OPTIONS.contains(key)) {
            List<String> known = new ArrayList<>(OPTIONS);
            known.addAll(HOOKS);
            throw failure(
                    option,
                    "unknown option \"" + key + "\"" + NearestName.question(key, known),
                    name.equals("tables")
                            ? "Entries stand at the top of the file; take \"tables:\" away."
                            : "Known options: " + String.join(", ", OPTIONS) + ".");
        }
    }

    private ConfitureException failure(
            YamlMap.Entry option, String problem, @Nullable String hint) {
        return option.position().failure("entry " + name + ": " + problem, hint);
    }

    /**
     * A query of the user's that names no source_table drives from the first that it depends on.
     */
    private TableName source(LongForm longForm) {
        boolean named = options.value(SOURCE_TABLE).isPresent();
        return longForm.select() == null || named || longForm.depends().isEmpty()
                ? table(SOURCE_TABLE)
                : longForm.depends().getFirst().table();
    }

    private TableName table(String option) {
        return options.value(option).map(MappingParser::table).orElseGet(() -> ownName(option));
    }

    private TableName ownName(String option) {
        return TableReference.parse(name)
                .orElseThrow(
                        () ->
                                entry.position()
                                        .failure(
                                                "entry "
                                                        + name
                                                        + ": its name is no table's name, and it"
                                                        + " has no "
                                                        + option,
                                                TableReference.FORM));
    }

    private List<Mapping.ColumnPair> columns() {
        List<Mapping.ColumnPair> pairs = new ArrayList<>();
        for (YamlMap.Entry column : entries(COLUMNS)) {
            for (YamlNode target : targets(column.value())) {
                pairs.add(
                        new Mapping.ColumnPair(
                                column.key(),
                                columnName(target),
                                MappingParser.position(target.position())));
            }
        }
        return pairs;
    }

    private List<YamlMap.Entry> entries(String option) {
        return options.value(option).map(node -> node.map().entries()).orElse(List.of());
    }

    /** One source column may feed several targets: {@code name: [login, display_name]}. */
    private static List<YamlNode> targets(YamlNode value) {
        if (!(value instanceof YamlList list)) {
            return List.of(value);
        }
        if (list.elements().isEmpty()) {
            throw value.failure(
                    "names no target column", "List a column that is to be left behind in ignore.");
        }
        return list.elements();
    }

    private List<Mapping.IgnoredColumn> ignored() {
        return options.value(IGNORE).map(YamlNode::elements).orElse(List.of()).stream()
                .map(
                        node ->
                                new Mapping.IgnoredColumn(
                                        columnName(node), MappingParser.position(node.position())))
                .toList();
    }

    static String columnName(YamlNode node) {
        String column = node.text();
        if (column.isEmpty()) {
            throw node.failure("holds an empty name", null);
        }
        return column;
    }

    private @Nullable Strategy strategy() {
        YamlNode node = options.value(STRATEGY).orElse(null);
        if (node == null) {
            return null;
        }
        return switch (node.text()) {
            case "auto" -> null;
            case "copy" -> Strategy.COPY;
            case "fdw" -> Strategy.FDW;
            default ->
                    throw node.failure(
                            "must be auto, copy or fdw, but is \""
                                    + node.text()
                                    + "\""
                                    + NearestName.question(node.text(), STRATEGIES),
                            null);
        };
    }
}
