package dev.confiture.inverse;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.SqlProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping turned round, not yet held against the databases: entries that read the new tables and
 * feed the old ones. An old table that several entries read (a split) gets its rows back by the
 * join of its parts, or from each part those that its {@code where} had taken.
 *
 * @param entries what the same resolver makes one SELECT each of, its ends swapped
 * @param columns every column of every old table that an entry is driven by
 * @param impossible old tables that get nothing back
 */
public record InverseMapping(
        List<TurnedEntry> entries, List<ColumnWayBack> columns, List<NoWayBack> impossible) {
    public InverseMapping {
        entries = List.copyOf(entries);
        columns = List.copyOf(columns);
        impossible = List.copyOf(impossible);
    }

    /**
     * Turns a resolved mapping round.
     *
     * @param old the catalog that it was resolved against as the source
     * @param made the target's catalog
     * @param probe asks the old server whether SQL needs a table
     */
    public static InverseMapping of(
            List<Derivation> mapping, Catalog old, Catalog made, SqlProbe probe) {
        Map<TableName, List<Derivation>> bySource = new LinkedHashMap<>();
        mapping.forEach(
                entry ->
                        bySource.computeIfAbsent(entry.source(), any -> new ArrayList<>())
                                .add(entry));
        Origins origins = new Origins(mapping, made, probe);
        List<TurnedEntry> entries = new ArrayList<>();
        List<ColumnWayBack> columns = new ArrayList<>();
        List<NoWayBack> impossible = new ArrayList<>();
        bySource.forEach(
                (name, some) -> {
                    Table table = old.require(name);
                    InverseMapping inverse = ofTable(table, some, origins, made);
                    entries.addAll(inverse.entries);
                    columns.addAll(inverse.columns);
                    impossible.addAll(inverse.impossible);
                });
        return new InverseMapping(entries, columns, impossible);
    }

    private static InverseMapping ofTable(
            Table table, List<Derivation> entries, Origins origins, Catalog made) {
        List<Part> parts = new ArrayList<>();
        List<NoWayBack> impossible = new ArrayList<>();
        for (Derivation entry : entries) {
            boolean query = !entry.query().followsTheDrivingTable();
            if (query && entry.lineage().reverse().isEmpty()) {
                continue;
            }
            Optional<Part> part = origins.part(entry, table);
            part.ifPresent(parts::add);
            if (part.isEmpty()) {
                impossible.add(lookAlike(entry));
            }
        }
        if (parts.isEmpty() && impossible.isEmpty()) {
            impossible.add(onlyQueries(entries.getFirst()));
        }
        return impossible.isEmpty()
                ? new TableInverse(table, parts, entries, made.foreignKeys()).build()
                : new InverseMapping(
                        List.of(),
                        table.columns().stream()
                                .map(
                                        column ->
                                                new ColumnWayBack(
                                                        table.name(),
                                                        column.name(),
                                                        WayBack.ENDS_HERE,
                                                        impossible.getFirst().reason()))
                                .toList(),
                        impossible);
    }

    private static NoWayBack lookAlike(Derivation entry) {
        return new NoWayBack(
                entry.source(),
                "shares "
                        + entry.target().display()
                        + " with other old tables, and nothing in its rows says where they came"
                        + " from",
                "Carry a constant that differs from entry to entry, such as expressions:"
                        + " {origin: \"'"
                        + entry.source().name()
                        + "'\"}, in a column that the application fills too.");
    }

    private static NoWayBack onlyQueries(Derivation entry) {
        return new NoWayBack(
                entry.source(),
                "is carried by a query of its own alone (entry "
                        + entry.entry()
                        + "), which cannot be turned round",
                "If each row can be had again, add to the entry reverse: {COLUMN: SQL over "
                        + entry.target().display()
                        + "}, with the key of "
                        + entry.source().display()
                        + " among the columns.");
    }
}
