package dev.confiture.hop;

import dev.confiture.catalog.ColumnType;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Entries that feed one target table. A change of one of them names a key of the target, and the
 * row that has it is deleted; but it may be a row of another entry, to which it has moved or which
 * has the same key by right. So the others are asked for it, and make it anew.
 */
final class SharedTargets {
    /** Types that compare with one another, also by an index. */
    private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

    private final List<EntryHop> entries;
    private final Session source;

    /**
     * @param source a session of the source, outside a transaction
     */
    SharedTargets(List<EntryHop> entries, Session source) {
        this.entries = List.copyOf(entries);
        this.source = source;
    }

    /** The same entries, each with the ways that lead to it through others of its table. */
    List<EntryHop> linked() {
        return entries.stream().map(this::linked).toList();
    }

    private EntryHop linked(EntryHop entry) {
        Map<TableName, List<Way>> ways = new HashMap<>();
        entry.ways().forEach((table, way) -> ways.put(table, new ArrayList<>(way)));
        for (EntryHop other : entries) {
            if (!other.equals(entry) && mayHaveRowsOf(other, entry)) {
                other.ways()
                        .forEach(
                                (table, theirs) ->
                                        ways.computeIfAbsent(table, any -> new ArrayList<>())
                                                .addAll(through(theirs, other, entry)));
            }
        }
        return new EntryHop(entry.rows(), entry.keys(), ways);
    }

    /**
     * Whether a key that the one names may be that of a row of the other. Entries that claim their
     * rows delete no others.
     */
    private boolean mayHaveRowsOf(EntryHop one, EntryHop other) {
        return one.rows().target().name().equals(other.rows().target().name())
                && one.rows().derivation().claim() == null
                && one.rows().key().writing().stream()
                        .noneMatch(column -> areOtherConstants(column, one, other));
    }

    /** Whether both give the column one value each, whatever the row, and not the same. */
    private boolean areOtherConstants(KeyColumn column, EntryHop one, EntryHop other) {
        Optional<DerivedColumn> here = derived(one.rows().derivation(), column);
        Optional<DerivedColumn> there = derived(other.rows().derivation(), column);
        return here.isPresent()
                && there.isPresent()
                && isEvaluatedOnTheSource(one)
                && isEvaluatedOnTheSource(other)
                && differ(here.get().expression(), there.get().expression());
    }

    /** Asks the server, who refuses to answer where a column is needed. */
    private boolean differ(String here, String there) {
        return source.inSnapshot(
                () -> {
                    source.execute(MappingPath.statement(Evaluation.SOURCE));
                    AtomicBoolean differ = new AtomicBoolean();
                    String question = "SELECT (" + here + ") IS DISTINCT FROM (" + there + ")";
                    return source.attempt(
                                            () -> {
                                                differ.set(
                                                        source.queryOne(
                                                                question, row -> row.truth(1)));
                                                return question;
                                            })
                                    .isEmpty()
                            && differ.get();
                });
    }

    private static List<Way> through(List<Way> theirs, EntryHop other, EntryHop entry) {
        List<KeyColumn> columns =
                other.rows().key().writing().stream()
                        .flatMap(column -> matching(column, entry).stream())
                        .toList();
        FoundKeys own =
                new FoundKeys(
                        "keys_of_shared_target",
                        keys ->
                                rows(
                                        entry,
                                        columns.isEmpty()
                                                ? "true"
                                                : KeyRows.conditionByScan(columns, keys)));
        return theirs.stream().<Way>map(way -> new Through(way, own)).toList();
    }

    private static String rows(EntryHop entry, String condition) {
        EntryRows rows = entry.rows();
        return isEvaluatedOnTheSource(entry)
                ? entry.keys().ofRows(rows.derivation().query(), rows.source().ownRows(), condition)
                : entry.keys().from(rows.source().ownRows(), condition);
    }

    /**
     * A column of the target's key as the entry makes it on the source, to be compared with the
     * value that another entry names; empty if the source cannot tell.
     */
    private static Optional<KeyColumn> matching(KeyColumn named, EntryHop entry) {
        ColumnType type = type(named, entry);
        return derived(entry.rows().derivation(), named)
                .filter(it -> it.sourceColumn() != null || isEvaluatedOnTheSource(entry))
                .map(
                        it ->
                                type.builtIn()
                                        ? new KeyColumn(
                                                comparable(it, type),
                                                named.position(),
                                                named.casts())
                                        : new KeyColumn(
                                                "pg_catalog.concat(" + it.expression() + ")",
                                                named.position(),
                                                List.of()));
    }

    private static String comparable(DerivedColumn column, ColumnType type) {
        boolean integers =
                INTEGERS.contains(column.result().base()) && INTEGERS.contains(type.base());
        String stored = RowKey.stored(type);
        return integers || column.result().base().equals(stored)
                ? column.expression()
                : "CAST(" + column.expression() + " AS " + stored + ")";
    }

    private static ColumnType type(KeyColumn column, EntryHop entry) {
        return entry.rows().target().columns().stream()
                .filter(it -> column.isCalled(it.name()))
                .findFirst()
                .orElseThrow()
                .type();
    }

    private static Optional<DerivedColumn> derived(Derivation derivation, KeyColumn column) {
        return derivation.columns().stream().filter(it -> column.isCalled(it.target())).findFirst();
    }

    private static boolean isEvaluatedOnTheSource(EntryHop entry) {
        return entry.rows().derivation().lineage().evaluation() == Evaluation.SOURCE;
    }

    /** From the rows that another entry has, to those of this one that have the same keys. */
    private record Through(Way theirs, Way own) implements Way {
        @Override
        public void follow(Session source, List<String> changed, Consumer<Affected> affected) {
            theirs.follow(source, changed, named -> own.follow(source, named.writing(), affected));
        }
    }
}
