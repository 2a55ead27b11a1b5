package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a mapping against the two live schemas. Either everything in it is right, or one exception
 * lists all that is wrong.
 */
public final class MappingResolver {
    private final Mapping mapping;
    private final Catalog source;
    private final Catalog target;
    private final SqlProbe probe;

    private final Problems problems = new Problems();
    private final List<Derivation> derivations = new ArrayList<>();
    private final List<ResolvedMapping.Note> notes = new ArrayList<>();

    private final Carried carried = new Carried();

    private MappingResolver(Mapping mapping, Catalog source, Catalog target, SqlProbe probe) {
        this.mapping = mapping;
        this.source = source;
        this.target = target;
        this.probe = probe;
    }

    /** The resolved mapping, or a failure that lists every problem, with the first one's code. */
    public static ResolvedMapping resolve(
            Mapping mapping, Catalog source, Catalog target, SqlProbe probe) {
        return new MappingResolver(mapping, source, target, probe).resolve();
    }

    private ResolvedMapping resolve() {
        checkIgnoredTables();
        checkNoPairTwice();
        mapping.entries().forEach(this::match);
        List<TableName> leftovers = mapping.complete() ? leftovers() : List.of();
        if (mapping.everythingElse() != null) {
            Position position = mapping.everythingElse();
            namesakes().forEach(table -> matchNamesake(table, position));
            leftovers = leftovers.stream().filter(table -> target.table(table).isEmpty()).toList();
        }
        Completeness completeness = new Completeness(mapping, problems);
        carried.tables().stream()
                .filter(table -> isWhole(table.name()))
                .forEach(table -> completeness.checkColumns(table, carried));
        completeness.reportLeftovers(leftovers, target);
        problems.throwIfAny();
        return new ResolvedMapping(derivations, ignoredTables(), notes);
    }

    private void checkIgnoredTables() {
        TableLookup lookup = new TableLookup(source, target, problems);
        for (Mapping.IgnoredTable ignored : mapping.ignoreTables()) {
            lookup.ignored(ignored);
            mapping.entries().stream()
                    .filter(entry -> entry.source().equals(ignored.table()))
                    .findFirst()
                    .ifPresent(
                            entry ->
                                    problems.add(
                                            ErrorCode.MAPPING,
                                            ignored.position(),
                                            "source table "
                                                    + ignored.table()
                                                    + " is ignored, and yet entry "
                                                    + entry.name()
                                                    + " carries it",
                                            "Take it out of ignore_tables, or remove the entry."));
        }
    }

    /** Two entries with the same tables would write every row twice. */
    private void checkNoPairTwice() {
        Map<List<TableName>, Mapping.Entry> seen = new HashMap<>();
        for (Mapping.Entry entry : mapping.entries()) {
            Mapping.Entry earlier =
                    seen.putIfAbsent(List.of(entry.source(), entry.target()), entry);
            if (earlier != null) {
                problems.add(
                        ErrorCode.MAPPING,
                        entry,
                        "carries "
                                + entry.source()
                                + " into "
                                + entry.target()
                                + ", as entry "
                                + earlier.name()
                                + " does already",
                        "Make one entry of the two.");
            }
        }
    }

    private void match(Mapping.Entry entry) {
        TableLookup lookup = new TableLookup(source, target, problems);
        Optional<Table> from = lookup.source(entry);
        Optional<Table> to = lookup.target(entry);
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        EntryScope scope = new EntryScope(entry, from.get(), to.get(), source, probe, problems);
        if (entry.longForm().select() == null) {
            matchColumns(scope);
        } else {
            new SelectMatching(scope)
                    .match(entry.longForm().select())
                    .ifPresent(derivation -> addSelect(entry, derivation));
        }
    }

    private void matchColumns(EntryScope scope) {
        Mapping.Entry entry = scope.entry();
        Table from = scope.source();
        OwnSqlMatching ownSql = new OwnSqlMatching(scope);
        ColumnMatching matching = new ColumnMatching(scope, notes, ownSql);
        Derivation derivation = matching.match();
        derivations.add(derivation);
        new CastCheck(probe, problems).check(entry, derivation, from);
        carried.add(from, entry, matching.settled(), matching.reasons());
        ownSql.reads().forEach((table, columns) -> read(entry, table, columns));
        ignoredElsewhere(entry);
    }

    private void addSelect(Mapping.Entry entry, Derivation derivation) {
        derivations.add(derivation);
        derivation.lineage().reads().forEach((table, columns) -> read(entry, table, columns));
        Set<String> names =
                entry.ignore().stream()
                        .map(Mapping.IgnoredColumn::column)
                        .collect(Collectors.toSet());
        derivation.lineage().reads().keySet().forEach(table -> read(entry, table, names));
        ignoredElsewhere(entry);
    }

    private void read(Mapping.Entry entry, TableName table, Set<String> columns) {
        carried.add(source.require(table), entry, columns, Map.of());
    }

    private void ignoredElsewhere(Mapping.Entry entry) {
        IgnoredElsewhere.of(entry, source).forEach((table, names) -> read(entry, table, names));
    }

    private List<TableName> leftovers() {
        Set<TableName> leftovers = new LinkedHashSet<>(source.tables().keySet());
        for (Mapping.Entry entry : mapping.entries()) {
            leftovers.remove(meant(entry.source()));
            entry.longForm().joins().forEach(join -> leftovers.remove(join.table()));
            entry.longForm().depends().forEach(depends -> leftovers.remove(depends.table()));
        }
        carried.tables().forEach(table -> leftovers.remove(table.name()));
        ignoredTables().forEach(table -> leftovers.remove(meant(table)));
        return List.copyOf(leftovers);
    }

    /**
     * A misspelt table is reported as such; that nothing names the right one is no second problem.
     */
    private TableName meant(TableName table) {
        return source.table(table).isPresent()
                ? table
                : TableLookup.nearest(table, source).orElse(table);
    }

    private List<TableName> ignoredTables() {
        return mapping.ignoreTables().stream().map(Mapping.IgnoredTable::table).distinct().toList();
    }

    /**
     * The tables that have the same name on both sides and that no entry takes its rows from. To be
     * read besides, or by a query, does not bring a table to the target.
     */
    private List<TableName> namesakes() {
        Set<TableName> namesakes = new LinkedHashSet<>(source.tables().keySet());
        namesakes.retainAll(target.tables().keySet());
        mapping.entries().stream()
                .filter(
                        entry ->
                                entry.longForm().select() == null
                                        || entry.target().equals(entry.source()))
                .forEach(entry -> namesakes.remove(meant(entry.source())));
        ignoredTables().forEach(table -> namesakes.remove(meant(table)));
        return List.copyOf(namesakes);
    }

    private void matchNamesake(TableName table, Position position) {
        String name = nameForNamesake(table);
        Mapping.Entry entry = Mapping.Entry.ofNamesakes(name, table, position);
        Optional<Mapping.Entry> feeder =
                mapping.entries().stream()
                        .filter(other -> other.target().equals(table))
                        .findFirst();
        if (feeder.isEmpty()) {
            match(entry);
            return;
        }
        problems.add(
                ErrorCode.MAPPING,
                position,
                "source table "
                        + table
                        + " is left for \"*\", but entry "
                        + feeder.get().name()
                        + " already carries "
                        + feeder.get().source()
                        + " into the target's table of that name",
                "If both are to be merged, give the table an entry of its own; else name it in"
                        + " ignore_tables.");
    }

    /** An entry of the file may have taken the table's name for something else. */
    private String nameForNamesake(TableName table) {
        String name = TableReference.write(table);
        boolean taken = mapping.entries().stream().anyMatch(entry -> entry.name().equals(name));
        return taken ? name + " (*)" : name;
    }

    /** A table that is only read may be left behind; one whose entry is in trouble can wait. */
    private boolean isWhole(TableName table) {
        boolean driving =
                mapping.entries().stream().anyMatch(entry -> entry.source().equals(table));
        return (driving || !ignoredTables().contains(table))
                && mapping.entries().stream()
                        .filter(entry -> entry.source().equals(table))
                        .allMatch(entry -> target.table(entry.target()).isPresent());
    }
}
