package dev.confiture.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table of one database.
 *
 * @param keys what identifies a row, the best first: the primary key, then NOT NULL unique keys
 * @param inheritanceChildren whether other tables inherit from it (partitions do not count)
 * @param estimatedRows the planner's estimate, summed over partitions; -1 if never analyzed
 * @param bytes size on disk with TOAST, without indexes, summed over partitions
 * @param rowSecurity whether row-level security is enabled on it
 */
public record Table(
        TableName name,
        Kind kind,
        List<Column> columns,
        List<Key> keys,
        boolean inheritanceChildren,
        long estimatedRows,
        long bytes,
        boolean rowSecurity) {
    /** What sort of relation it is; leaf partitions are not listed as tables of their own. */
    public enum Kind {
        ORDINARY,
        UNLOGGED,
        PARTITIONED,
        FOREIGN
    }

    public Table {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /** The primary key, or else the best NOT NULL unique key, or null. */
    public @Nullable Key key() {
        return keys.isEmpty() ? null : keys.getFirst();
    }

    /** Whether no two rows agree in all of these columns. */
    public boolean unique(Collection<String> columnNames) {
        return keys.stream().anyMatch(key -> columnNames.containsAll(key.columns()));
    }

    /**
     * The table's own rows as a FROM item: with its partitions, without those of tables that
     * inherit from it, which are tables of their own.
     */
    public String ownRows() {
        return kind == Kind.PARTITIONED ? name.quoted() : "ONLY " + name.quoted();
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
