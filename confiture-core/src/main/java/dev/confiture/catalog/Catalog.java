package dev.confiture.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one database looks like: its user tables, without those of the system, of extensions and of
 * Confiture itself.
 *
 * @param serverVersion {@code server_version_num}, such as 180001
 * @param encoding the database's encoding, such as {@code UTF8}
 */
public record Catalog(
        int serverVersion,
        String encoding,
        SortedMap<TableName, Table> tables,
        List<ForeignKey> foreignKeys,
        List<Sequence> sequences) {
    public Catalog {
        tables = new TreeMap<>(tables);
        foreignKeys = List.copyOf(foreignKeys);
        sequences = List.copyOf(sequences);
    }

    public static Catalog of(
            int serverVersion,
            String encoding,
            Collection<Table> tables,
            List<ForeignKey> foreignKeys,
            List<Sequence> sequences) {
        SortedMap<TableName, Table> byName = new TreeMap<>();
        tables.forEach(table -> byName.put(table.name(), table));
        return new Catalog(serverVersion, encoding, byName, foreignKeys, sequences);
    }

    public int majorVersion() {
        return serverVersion / 10_000;
    }

    public Optional<Table> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The table, which is known to exist because the mapping was resolved against this catalog. */
    public Table require(TableName name) {
        return table(name)
                .orElseThrow(() -> new IllegalStateException("not in the catalog: " + name));
    }

    /** The tables as a read-only map in name order. */
    @Override
    public SortedMap<TableName, Table> tables() {
        return Collections.unmodifiableSortedMap(tables);
    }
}
