package dev.confiture.hop;

import dev.confiture.catalog.TableName;
import dev.confiture.change.KeyBatches;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One hop: in two passes over the changed keys, first every row that they name is deleted, then
 * every such row is derived anew from the source's snapshot. Since no old row is left when the
 * first new one comes, rows may swap unique values among them, and may move from one entry of a
 * table to another.
 */
public final class Hop {
    /** So many keys are remembered from the first pass to the second; more are found again. */
    private static final int REMEMBERED = 100_000;

    private final HopPlan plan;
    private final Session source;
    private final Session target;
    private final SeenKeys seen;

    private @Nullable List<Work> remembered = new ArrayList<>();
    private int size;
    private long rows;

    private Hop(HopPlan plan, Session source, Session target) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.seen = new SeenKeys(target);
    }

    /** Rows of one entry. */
    private record Work(EntryHop entry, Affected affected) {}

    /**
     * Brings the target's rows to the source's snapshot. Returns how many rows were derived.
     *
     * @param source a session inside the snapshot's transaction
     * @param target a session inside the transaction that the hop's progress is stored in
     */
    public static long run(HopPlan plan, KeyBatches changes, Session source, Session target) {
        source.execute(MappingPath.statement(Evaluation.SOURCE));
        target.execute(MappingPath.statement(Evaluation.TARGET));
        return new Hop(plan, source, target).run(changes);
    }

    private long run(KeyBatches changes) {
        Map<TableName, List<EntryRows>> renewed = renewed(changes.wholeTables());
        renewed.values().stream().flatMap(List::stream).forEach(entry -> entry.deleteAll(target));
        changes.forEach((table, keys) -> follow(table, keys, renewed.keySet(), this::delete));

        renewed.values().stream()
                .flatMap(List::stream)
                .forEach(entry -> rows += entry.insertAll(source, target));
        if (remembered != null) {
            remembered.forEach(work -> insert(work.entry, work.affected));
        } else {
            changes.forEach((table, keys) -> follow(table, keys, renewed.keySet(), this::insert));
        }
        return rows;
    }

    /**
     * The targets of entries that read a table which was changed as a whole, each with all of its
     * entries: which rows of a shared target came from which entry nobody knows.
     */
    private Map<TableName, List<EntryRows>> renewed(Collection<TableName> wholeTables) {
        Set<TableName> targets = new HashSet<>();
        plan.entries().stream()
                .filter(entry -> wholeTables.stream().anyMatch(entry.ways()::containsKey))
                .forEach(entry -> targets.add(entry.rows().target().name()));
        Map<TableName, List<EntryRows>> renewed = new HashMap<>();
        for (EntryHop entry : plan.entries()) {
            TableName name = entry.rows().target().name();
            if (targets.contains(name)) {
                renewed.computeIfAbsent(name, any -> new ArrayList<>()).add(entry.rows());
            }
        }
        return renewed;
    }

    private void follow(TableName table, List<String> keys, Set<TableName> renewed, Pass pass) {
        for (EntryHop entry : plan.entries()) {
            if (!renewed.contains(entry.rows().target().name())) {
                entry.ways()
                        .getOrDefault(table, List.of())
                        .forEach(
                                way ->
                                        way.follow(
                                                source,
                                                keys,
                                                affected -> pass.on(entry, affected)));
            }
        }
    }

    private void delete(EntryHop entry, Affected affected) {
        if (plan.isShared(entry.rows().target())) {
            entry.rows().deleteOwn(target, affected.writing(), plan.lookup());
        } else {
            entry.rows().delete(target, affected.writing(), plan.lookup());
        }
        size += affected.size();
        if (size > REMEMBERED) {
            remembered = null;
        } else if (remembered != null) {
            remembered.add(new Work(entry, affected));
        }
    }

    private void insert(EntryHop entry, Affected affected) {
        List<String> reading =
                entry.hasOneWay()
                        ? affected.reading()
                        : seen.fresh(plan.entries().indexOf(entry), affected.reading());
        if (reading.isEmpty()) {
            return;
        }
        if (entry.rows().mayBeNamedTwice() && !plan.isShared(entry.rows().target())) {
            entry.rows().delete(target, affected.writing(), plan.lookup());
        }
        if (plan.portion() == HopPlan.Portion.MANY) {
            rows += entry.rows().insert(source, target, reading);
        } else {
            reading.forEach(key -> rows += insertOne(entry, key));
        }
    }

    private long insertOne(EntryHop entry, String key) {
        try {
            return entry.rows().insert(source, target, List.of(key));
        } catch (SqlFailure failure) {
            throw failure.isAboutRows() ? new RefusedRow(entry.rows(), key, failure) : failure;
        }
    }

    @FunctionalInterface
    private interface Pass {
        void on(EntryHop entry, Affected affected);
    }
}
