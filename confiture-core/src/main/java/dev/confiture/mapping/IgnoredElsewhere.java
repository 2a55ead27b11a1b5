package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Columns under {@code ignore} that are written {@code table.column} or {@code
 * schema.table.column}: those of tables that an entry reads besides its driving one.
 */
final class IgnoredElsewhere {
    private IgnoredElsewhere() {}

    /** The columns by their tables, as far as those exist. */
    static Map<TableName, Set<String>> of(Mapping.Entry entry, Catalog source) {
        Map<TableName, Set<String>> ignored = new HashMap<>();
        entry.ignore()
                .forEach(
                        column ->
                                parse(column, source)
                                        .ifPresent(
                                                name ->
                                                        ignored.computeIfAbsent(
                                                                        name.table().name(),
                                                                        any -> new TreeSet<>())
                                                                .add(name.column())));
        return ignored;
    }

    /** A column of another table; the column may be misspelt. */
    record Name(Table table, String column) {}

    static Optional<Name> parse(Mapping.IgnoredColumn ignored, Catalog source) {
        List<String> parts =
                QuotedNames.split(ignored.column(), ".").orElse(List.of()).stream()
                        .map(QuotedNames.Part::name)
                        .toList();
        return switch (parts.size()) {
            case 2 ->
                    source.table(new TableName("public", parts.getFirst()))
                            .map(table -> new Name(table, parts.getLast()));
            case 3 ->
                    source.table(new TableName(parts.getFirst(), parts.get(1)))
                            .map(table -> new Name(table, parts.getLast()));
            default -> Optional.empty();
        };
    }
}
