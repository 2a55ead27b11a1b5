package dev.confiture.mapping;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a mapping against the two live schemas. Either everything in it is right, or one exception
 * lists all that is wrong.
 */
public final class MappingResolver {
    private final Mapping mapping;
    private final Catalog source;
    private final Catalog target;

    private final Problems problems = new Problems();
    private final List<Derivation> derivations = new ArrayList<>();
    private final List<ResolvedMapping.Note> notes = new ArrayList<>();

    /** The entries of each source table, as far as both their tables exist. */
    private final Map<TableName, List<ColumnMatching>> matchings = new LinkedHashMap<>();

    private MappingResolver(Mapping mapping, Catalog source, Catalog target) {
        this.mapping = mapping;
        this.source = source;
        this.target = target;
    }

    /** The resolved mapping, or a failure that lists every problem, with the first one's code. */
    public static ResolvedMapping resolve(Mapping mapping, Catalog source, Catalog target) {
        return new MappingResolver(mapping, source, target).resolve();
    }

    private ResolvedMapping resolve() {
        checkIgnoredTables();
        checkNoPairTwice();
        mapping.entries().forEach(this::match);
        List<TableName> leftovers = mapping.complete() ? leftovers() : List.of();
        if (mapping.everythingElse() != null) {
            leftovers = matchNamesakes(leftovers, mapping.everythingElse());
        }
        Completeness completeness = new Completeness(mapping, problems);
        completelyMatched().forEach(completeness::checkColumns);
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
        if (from.isPresent() && to.isPresent()) {
            ColumnMatching matching =
                    new ColumnMatching(entry, from.get(), to.get(), problems, notes);
            derivations.add(matching.match());
            matchings.computeIfAbsent(entry.source(), any -> new ArrayList<>()).add(matching);
        }
    }

    private List<TableName> leftovers() {
        Set<TableName> leftovers = new LinkedHashSet<>(source.tables().keySet());
        mapping.entries().forEach(entry -> leftovers.remove(entry.source()));
        leftovers.removeAll(ignoredTables());
        return List.copyOf(leftovers);
    }

    private List<TableName> ignoredTables() {
        return mapping.ignoreTables().stream().map(Mapping.IgnoredTable::table).distinct().toList();
    }

    /** Carries the tables that have the same name on both sides, and returns the others. */
    private List<TableName> matchNamesakes(List<TableName> leftovers, Position position) {
        List<TableName> others = new ArrayList<>();
        for (TableName table : leftovers) {
            if (target.table(table).isEmpty()) {
                others.add(table);
            } else {
                matchNamesake(table, position);
            }
        }
        return others;
    }

    private void matchNamesake(TableName table, Position position) {
        String name = nameForNamesake(table);
        Mapping.Entry entry =
                new Mapping.Entry(name, table, table, List.of(), List.of(), null, position);
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

    /** The entries of those source tables of which no entry is in trouble itself. */
    private Collection<List<ColumnMatching>> completelyMatched() {
        return matchings.entrySet().stream()
                .filter(
                        one ->
                                mapping.entries().stream()
                                        .filter(entry -> entry.source().equals(one.getKey()))
                                        .allMatch(
                                                entry -> target.table(entry.target()).isPresent()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
