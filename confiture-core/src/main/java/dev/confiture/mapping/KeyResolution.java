package dev.confiture.mapping;

import dev.confiture.catalog.Key;
import dev.confiture.catalog.Table;
import dev.confiture.error.ErrorCode;
import dev.confiture.yaml.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what identifies a row of an entry on either side: a key of the driving table and the target
 * columns that carry it.
 *
 * @param sourceKey columns of the driving table; empty if it has no key
 * @param targetKey target columns; empty if the rows have no key
 */
record KeyResolution(List<String> sourceKey, List<String> targetKey) {
    /** The key of an entry that follows its driving table. */
    static KeyResolution of(
            Mapping.Entry entry, Table source, List<DerivedColumn> columns, Problems problems) {
        return entry.longForm().key().isEmpty()
                ? ofTheTable(entry, source, columns, problems)
                : asDeclared(entry, source, columns, problems);
    }

    private static KeyResolution ofTheTable(
            Mapping.Entry entry, Table source, List<DerivedColumn> columns, Problems problems) {
        Key key = source.key();
        if (key == null) {
            return new KeyResolution(List.of(), List.of());
        }
        List<String> images = images(key.columns(), columns);
        if (images.size() < key.columns().size()) {
            problems.add(
                    ErrorCode.MAPPING,
                    entry,
                    "the key ("
                            + String.join(", ", key.columns())
                            + ") of "
                            + source.name()
                            + " is not mapped, so no row of the target can be traced to its"
                            + " source",
                    "Map it, or name with key: [COLUMN, …] target columns that carry another"
                            + " unique, NOT NULL key of the source.");
            return new KeyResolution(key.columns(), List.of());
        }
        return new KeyResolution(key.columns(), images);
    }

    /** The target columns that carry these source columns unchanged or cast. */
    private static List<String> images(List<String> sourceColumns, List<DerivedColumn> columns) {
        return sourceColumns.stream()
                .flatMap(
                        name ->
                                columns.stream()
                                        .filter(column -> name.equals(column.sourceColumn()))
                                        .map(DerivedColumn::target)
                                        .limit(1))
                .toList();
    }

    private static KeyResolution asDeclared(
            Mapping.Entry entry, Table source, List<DerivedColumn> columns, Problems problems) {
        List<String> targetKey = entry.longForm().key().stream().map(LongForm.Named::name).toList();
        List<String> fed = columns.stream().map(DerivedColumn::target).toList();
        if (!fed.containsAll(targetKey)) {
            entry.longForm().key().stream()
                    .filter(name -> !fed.contains(name.name()))
                    .forEach(name -> fedByNothing(entry, name, fed, problems));
            return new KeyResolution(List.of(), targetKey);
        }
        Set<String> origins = new HashSet<>(entry.longForm().turned().held());
        columns.stream()
                .filter(column -> targetKey.contains(column.target()))
                .map(DerivedColumn::sourceColumn)
                .filter(Objects::nonNull)
                .forEach(origins::add);
        Optional<Key> carried =
                source.keys().stream()
                        .filter(key -> origins.containsAll(key.columns()))
                        .findFirst();
        if (carried.isEmpty() && !source.keys().isEmpty()) {
            problems.add(
                    ErrorCode.MAPPING,
                    entry.longForm().key().getFirst().position(),
                    entry,
                    "the key ("
                            + String.join(", ", targetKey)
                            + ") does not carry a unique, NOT NULL key of "
                            + source.name(),
                    "Take in the primary key, or run on the source: CREATE UNIQUE INDEX ON "
                            + source.name().quoted()
                            + " (…).");
        }
        return new KeyResolution(carried.map(Key::columns).orElse(List.of()), targetKey);
    }

    private static void fedByNothing(
            Mapping.Entry entry, LongForm.Named name, List<String> fed, Problems problems) {
        problems.add(
                ErrorCode.MAPPING,
                name.position(),
                entry,
                "key column \""
                        + name.name()
                        + "\" is fed by nothing"
                        + NearestName.question(name.name(), fed),
                "Map a source column to it.");
    }
}
