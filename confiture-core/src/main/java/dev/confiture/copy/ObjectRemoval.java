package dev.confiture.copy;

import dev.confiture.catalog.TableName;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.RemovedObject.Kind;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes off the target's tables what would slow the load down or act on it: foreign keys, indexes
 * with their constraints, triggers. The ledger knows each object before it is dropped, in the same
 * transaction: whatever ends a run, what is missing can be brought back.
 */
public final class ObjectRemoval {
    /** Nobody but us should use the target yet; somebody who does is named, not waited for. */
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '30s'";

    private static final String TRIGGERS = "copy/list_triggers";

    /** {@code pg_trigger.tgenabled} of triggers that are silent for a session that replicates. */
    private static final List<String> FIRED_BY_US = List.of("O");

    private static final List<String> FIRED_BY_REPLICAS = List.of("A", "R");

    private final Session target;
    private final Ledger ledger;

    public ObjectRemoval(Session target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    /** Returns what was taken off; an object on which others depend (a view, say) stays. */
    public List<String> removeFrom(Collection<TableName> tables) {
        return target.inTransaction(
                () -> {
                    target.execute(LOCK_TIMEOUT);
                    List<String> removed = new ArrayList<>();
                    // A foreign key leans on the index of the other side, so it goes first.
                    removed.addAll(remove(tables, Kind.FOREIGN_KEY, "copy/list_foreign_keys"));
                    removed.addAll(remove(tables, Kind.INDEX, "copy/list_indexes"));
                    removed.addAll(remove(tables, Kind.TRIGGER, TRIGGERS, FIRED_BY_US));
                    removed.addAll(
                            remove(tables, Kind.REPLICATED_TRIGGER, TRIGGERS, FIRED_BY_REPLICAS));
                    return removed;
                });
    }

    /** Only what would act on rows that are written: foreign keys and triggers. */
    public List<String> silence(Collection<TableName> tables) {
        return target.inTransaction(
                () -> {
                    target.execute(LOCK_TIMEOUT);
                    List<String> removed = new ArrayList<>();
                    removed.addAll(remove(tables, Kind.FOREIGN_KEY, "copy/list_foreign_keys"));
                    removed.addAll(remove(tables, Kind.TRIGGER, TRIGGERS, FIRED_BY_US));
                    removed.addAll(
                            remove(tables, Kind.REPLICATED_TRIGGER, TRIGGERS, FIRED_BY_REPLICAS));
                    return removed;
                });
    }

    /** Only the triggers that fire for replicated rows as well. */
    public List<String> silenceReplicated(Collection<TableName> tables) {
        return target.inTransaction(
                () -> {
                    target.execute(LOCK_TIMEOUT);
                    return remove(tables, Kind.REPLICATED_TRIGGER, TRIGGERS, FIRED_BY_REPLICAS);
                });
    }

    private List<String> remove(
            Collection<TableName> tables, Kind kind, String listing, Object... which) {
        Map<String, Removable> found = new LinkedHashMap<>();
        for (TableName table : tables) {
            List<Object> parameters = new ArrayList<>(List.of(table.quoted(), table.quoted()));
            parameters.addAll(List.of(which));
            target.query(SqlText.named(listing), row -> removable(kind, row), parameters.toArray())
                    .forEach(removable -> found.putIfAbsent(removable.object.display(), removable));
        }
        List<String> removed = new ArrayList<>();
        for (Removable removable : found.values()) {
            if (drop(removable)) {
                ledger.removedObjects().remember(removable.object);
                removed.add(removable.object.display());
            }
        }
        return removed;
    }

    private boolean drop(Removable removable) {
        return removable
                .statement
                .map(
                        statement ->
                                target.inSavepoint(
                                        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                                        () -> target.execute(statement)))
                .orElseGet(() -> isGone(removable.object));
    }

    /** A partition's index goes with the partitioned index above it, unless that one stayed. */
    private boolean isGone(RemovedObject index) {
        return target.queryOne(
                "SELECT to_regclass(?) IS NULL",
                row -> row.truth(1),
                new TableName(index.table().schema(), index.name()).quoted());
    }

    /**
     * An object and how it goes.
     *
     * @param statement empty for a part that goes with the whole above it
     */
    private record Removable(RemovedObject object, Optional<String> statement) {}

    private static Removable removable(Kind kind, Row row) {
        return new Removable(
                new RemovedObject(
                        0,
                        new TableName(row.text(1), row.text(2)),
                        kind,
                        row.text(3),
                        row.texts(5)),
                Optional.ofNullable(row.textOrNull(4)));
    }
}
