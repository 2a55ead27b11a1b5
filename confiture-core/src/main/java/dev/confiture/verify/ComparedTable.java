package dev.confiture.verify;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Column;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A target table and all entries that feed it, as SQL. Its rows cannot be told apart by entry, so
 * what is compared is always the table's rows with the rows of all entries together.
 */
public final class ComparedTable {
    /** What the target table is called in our statements. */
    static final String TARGET = "t";

    /** In which table a row lies, which may be a partition, and where in it. */
    static final String PLACE_TABLE = "\"confiture table\"";

    static final String PLACE = "\"confiture place\"";

    /** What the rows of an entry are called. */
    static final String WANTED = "w";

    private final Table target;
    private final List<Derivation> entries;
    private final List<Column> columns;
    private final List<String> key;
    private final Catalog source;

    private ComparedTable(
            Table target,
            List<Derivation> entries,
            List<Column> columns,
            List<String> key,
            Catalog source) {
        this.target = target;
        this.entries = List.copyOf(entries);
        this.columns = List.copyOf(columns);
        this.key = List.copyOf(key);
        this.source = source;
    }

    /**
     * @param entries all that feed the target table
     * @param source where they read
     * @param targets where the target table is
     */
    public static ComparedTable of(
            TableName name, List<Derivation> entries, Catalog source, Catalog targets) {
        Table target = targets.require(name);
        List<Column> columns =
                target.columns().stream()
                        .filter(column -> entries.stream().allMatch(it -> feeds(it, column)))
                        .toList();
        return new ComparedTable(target, entries, columns, key(target, entries, columns), source);
    }

    /** Every table that one of the entries feeds, in name order. */
    public static List<ComparedTable> all(
            List<Derivation> derivations, Catalog source, Catalog targets) {
        SortedMap<TableName, List<Derivation>> byTarget = new TreeMap<>();
        derivations.forEach(
                entry ->
                        byTarget.computeIfAbsent(entry.target(), any -> new ArrayList<>())
                                .add(entry));
        return byTarget.entrySet().stream()
                .map(table -> of(table.getKey(), table.getValue(), source, targets))
                .toList();
    }

    private static boolean feeds(Derivation entry, Column column) {
        return entry.columns().stream().anyMatch(it -> it.target().equals(column.name()));
    }

    /** The columns that name a row: those of the mapping, or else a key of the table. */
    private static List<String> key(Table target, List<Derivation> entries, List<Column> columns) {
        Set<String> compared = columns.stream().map(Column::name).collect(Collectors.toSet());
        Set<List<String>> keys = new HashSet<>();
        entries.forEach(entry -> keys.add(entry.lineage().targetKey()));
        List<String> mapped = keys.size() == 1 ? keys.iterator().next() : List.of();
        return !mapped.isEmpty() && compared.containsAll(mapped)
                ? mapped
                : target.keys().stream()
                        .map(Key::columns)
                        .filter(compared::containsAll)
                        .findFirst()
                        .orElse(List.of());
    }

    public Table target() {
        return target;
    }

    public List<Derivation> entries() {
        return entries;
    }

    boolean isShared() {
        return entries.size() > 1;
    }

    /** The columns that are compared: those that every entry feeds. */
    List<Column> columns() {
        return columns;
    }

    /** The columns that name a row; empty if nothing does. */
    List<String> key() {
        return key;
    }

    Catalog source() {
        return source;
    }

    /** Columns that some entries feed and others leave alone. */
    List<Column> columnsPartlyFed() {
        return target.columns().stream()
                .filter(column -> !entriesThatFeed(column).isEmpty())
                .filter(column -> !columns.contains(column))
                .toList();
    }

    List<Derivation> entriesThatFeed(Column column) {
        return entries.stream().filter(entry -> feeds(entry, column)).toList();
    }

    /** Those of them that cannot be compared, since no key tells the rows of the table apart. */
    List<String> columnsNotCompared() {
        return PartlyFedColumns.of(this).isEmpty()
                ? columnsPartlyFed().stream().map(Column::name).toList()
                : List.of();
    }

    /** The same table, with some of the entries and columns alone. */
    ComparedTable only(List<Derivation> some, List<Column> few) {
        return new ComparedTable(target, some, few, key, source);
    }

    /** All rows of the table and of its entries. */
    Slice everything() {
        return new Slice(
                entries.stream().map(entry -> new Slice.Wanted(entry, null)).toList(), null);
    }

    /** A query for the digest of what one entry should give. */
    String digest(RowHash hash, Slice.Wanted wanted) {
        return hash.digest(wantedBytes(wanted.entry()), from(wanted));
    }

    /** A query for those rows of an entry that belong to some parts of a digest. */
    String rows(RowHash hash, Slice.Wanted wanted, Set<Integer> parts) {
        Map<String, String> carried = new LinkedHashMap<>();
        wanted.entry()
                .columns()
                .forEach(
                        column ->
                                carried.put(
                                        Identifier.quote(column.target()),
                                        RowText.reference(WANTED, column.target())));
        return hash.rows(carried, WANTED, wantedBytes(wanted.entry()), from(wanted), parts);
    }

    /** A query for the digest of rows of the target table. */
    String digest(RowHash hash, Slice slice) {
        return hash.digest(RowBytes.of(this, storedValues(TARGET)), stored(slice));
    }

    /** A query for how many rows an entry gives. */
    String count(Slice.Wanted wanted) {
        return "SELECT pg_catalog.count(*) FROM " + from(wanted);
    }

    /** A query for how many rows the target table has. */
    String count(Slice slice) {
        return "SELECT pg_catalog.count(*) FROM " + stored(slice);
    }

    /** A query for rows of the target table, with where they lie. */
    String rows(RowHash hash, Slice slice, Set<Integer> parts) {
        Map<String, String> read = new LinkedHashMap<>();
        columns.forEach(
                column ->
                        read.put(
                                Identifier.quote(column.name()),
                                RowText.reference(TARGET, column.name())));
        read.put(PLACE_TABLE, TARGET + ".tableoid");
        read.put(PLACE, TARGET + ".ctid");
        return hash.rows(
                read, TARGET, RowBytes.of(this, storedValues(TARGET)), stored(slice), parts);
    }

    /** A FROM item of rows of the target table, with its condition. */
    String stored(Slice slice) {
        return target.ownRows()
                + " AS "
                + TARGET
                + (slice.stored() == null ? "" : " WHERE " + slice.stored());
    }

    /** A FROM item of rows of an entry. */
    String from(Slice.Wanted wanted) {
        return "(" + select(wanted) + "\n) AS " + WANTED;
    }

    private String select(Slice.Wanted wanted) {
        Derivation entry = wanted.entry();
        if (wanted.staged() != null) {
            return entry.selectOnTarget(wanted.staged(), null);
        }
        if (entry.lineage().evaluation() == Evaluation.TARGET) {
            return entry.selectOnTarget(
                    ForeignTableName.of(entry.source()).quoted(), wanted.condition());
        }
        return entry.select(source.require(entry.source()).ownRows(), wanted.condition());
    }

    /** How an entry gives a column that it feeds. */
    static DerivedColumn derived(Derivation entry, Column column) {
        return entry.columns().stream()
                .filter(it -> it.target().equals(column.name()))
                .findFirst()
                .orElseThrow();
    }

    /** SQL for the bytes of a row that an entry gives. */
    String wantedBytes(Derivation entry) {
        return RowBytes.of(this, wantedValues(entry));
    }

    /** What an entry gives for the columns that are compared. */
    private List<String> wantedValues(Derivation entry) {
        List<String> values = new ArrayList<>();
        for (Column column : columns) {
            values.add(
                    entry.lineage().evaluation() == Evaluation.TARGET
                            ? RowText.stored(WANTED, column)
                            : RowText.wanted(WANTED, derived(entry, column), column));
        }
        return values;
    }

    /** The values of the target's columns. */
    List<String> storedValues(String alias) {
        return columns.stream().map(column -> RowText.stored(alias, column)).toList();
    }

    /** Every column that some entry feeds, quoted. */
    List<String> fedColumns() {
        return target.columns().stream()
                .filter(column -> entries.stream().anyMatch(it -> feeds(it, column)))
                .map(column -> Identifier.quote(column.name()))
                .toList();
    }
}
