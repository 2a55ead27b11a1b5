package dev.confiture.mapping;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.YamlDocument;
import dev.confiture.yaml.YamlMap;
import dev.confiture.yaml.YamlNode;
import dev.confiture.yaml.YamlPosition;
import java.util.ArrayList;
import java.util.List;

/** Reads the mapping file. What this version cannot do is refused, never ignored. */
public final class MappingParser {
    static final String IGNORE_TABLES = "ignore_tables";
    static final String EVERYTHING_ELSE = "*";

    private MappingParser() {}

    /**
     * The mapping as written.
     *
     * @param file the file's name for messages
     */
    public static Mapping parse(String text, String file) {
        YamlMap map = YamlDocument.parse(text, file, ErrorCode.MAPPING);
        List<Mapping.Entry> entries = new ArrayList<>();
        List<Mapping.IgnoredTable> ignoreTables = new ArrayList<>();
        Position everythingElse = null;
        for (YamlMap.Entry entry : map.entries()) {
            switch (entry.key()) {
                case IGNORE_TABLES -> ignoreTables.addAll(ignoredTables(entry.value()));
                case EVERYTHING_ELSE -> everythingElse = everythingElse(entry);
                default -> entries.add(new EntryParser(entry).parse());
            }
        }
        return new Mapping(text, entries, everythingElse, ignoreTables, true);
    }

    private static Position everythingElse(YamlMap.Entry entry) {
        List<YamlMap.Entry> options = entry.value().map().entries();
        if (!options.isEmpty()) {
            throw options.getFirst()
                    .position()
                    .failure(
                            "\"*\" takes no options",
                            "Write \"*\": {}, and give a table that needs options an entry of its"
                                    + " own.");
        }
        return position(entry.position());
    }

    private static List<Mapping.IgnoredTable> ignoredTables(YamlNode tables) {
        return tables.elements().stream()
                .map(node -> new Mapping.IgnoredTable(table(node), position(node.position())))
                .toList();
    }

    static TableName table(YamlNode node) {
        String text = node.text();
        return TableReference.parse(text).orElseThrow(() -> noTable(node, text));
    }

    private static ConfitureException noTable(YamlNode node, String text) {
        return node.failure("is no table's name: " + text, TableReference.FORM);
    }

    static Position position(YamlPosition position) {
        return new Position(position.file(), position.line());
    }
}
