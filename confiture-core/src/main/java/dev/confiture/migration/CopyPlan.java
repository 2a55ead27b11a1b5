package dev.confiture.migration;

import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.copy.ChunkPlanner;
import dev.confiture.copy.StrategyChoice;
import dev.confiture.copy.StrategyPlan;
import dev.confiture.copy.TargetTables;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.StoredMapping;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.mapping.Strategy;
import dev.confiture.migration.Attachment.Catalogs;
import dev.confiture.migration.MigrateRequest.ForeignRows;
import dev.confiture.postgres.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a mapping is still to be copied. Entries of which rows were copied already keep their
 * plan; all others are planned anew, so that a wish changed before the first row costs nothing.
 */
final class CopyPlan {
    private static final String START_OVER =
            "Put the mapping back as it was, or start over with `cleanup --force`, `setup` and"
                    + " `migrate --truncate-target`.";

    private final Attachment attachment;
    private final Catalogs catalogs;
    private final ResolvedMapping mapping;
    private final Map<Derivation, StrategyPlan> added;

    private CopyPlan(
            Attachment attachment,
            Catalogs catalogs,
            ResolvedMapping mapping,
            Map<Derivation, StrategyPlan> added) {
        this.attachment = attachment;
        this.catalogs = catalogs;
        this.mapping = mapping;
        this.added = added;
    }

    /** Chooses a strategy for every entry that is new; refuses a mapping that has changed. */
    static CopyPlan of(
            Attachment attachment,
            Catalogs catalogs,
            ResolvedMapping mapping,
            @Nullable Strategy wanted) {
        List<EntryRecord> known = Ledger.entries(attachment.control());
        mustNotLeaveHalfCopied(known, mapping);
        Map<Derivation, StrategyPlan> added = new LinkedHashMap<>();
        try (Session source = attachment.ends().source().open("plan");
                Session target = attachment.ends().openLinked("plan")) {
            StrategyChoice choice =
                    new StrategyChoice(
                            attachment.ends(),
                            source,
                            target,
                            catalogs.source(),
                            catalogs.target());
            for (Derivation derivation : mapping.derivations()) {
                if (!begun(derivation, known, catalogs)) {
                    added.put(derivation, choice.plan(derivation, wanted));
                }
            }
        }
        return new CopyPlan(attachment, catalogs, mapping, added);
    }

    private static boolean begun(
            Derivation derivation, List<EntryRecord> known, Catalogs catalogs) {
        Optional<EntryRecord> entry =
                known.stream()
                        .filter(record -> samePair(record, derivation))
                        .filter(record -> record.chunksDone() > 0)
                        .findFirst();
        entry.ifPresent(record -> mustBeUnchanged(record, derivation, catalogs));
        return entry.isPresent();
    }

    static boolean samePair(EntryRecord record, Derivation derivation) {
        return record.source().equals(derivation.source())
                && record.target().equals(derivation.target());
    }

    private static void mustBeUnchanged(
            EntryRecord entry, Derivation derivation, Catalogs catalogs) {
        if (!entry.selectText().equals(selectText(derivation, catalogs))) {
            throw new ConfitureException(
                    ErrorCode.MAPPING,
                    "the mapping of entry "
                            + derivation.entry()
                            + " has changed since its rows began to be copied",
                    START_OVER);
        }
    }

    /** A copy that was begun is finished before its entry may leave the mapping. */
    private static void mustNotLeaveHalfCopied(List<EntryRecord> known, ResolvedMapping mapping) {
        for (EntryRecord entry : known) {
            boolean mapped =
                    mapping.derivations().stream().anyMatch(other -> samePair(entry, other));
            if (!mapped && !entry.complete() && entry.chunksDone() > 0) {
                throw new ConfitureException(
                        ErrorCode.WRONG_PHASE,
                        "the copy of entry " + entry.entry() + " is incomplete",
                        "Finish it first with `migrate` and the mapping that it was begun with.");
            }
        }
    }

    /** What tells one mapping of an entry from another. */
    private static String selectText(Derivation derivation, Catalogs catalogs) {
        return "INSERT INTO "
                + derivation.target().quoted()
                + " "
                + derivation.targetColumns()
                + " "
                + derivation.selectOnTarget(
                        catalogs.source().require(derivation.source()).ownRows(), null);
    }

    ResolvedMapping mapping() {
        return mapping;
    }

    Map<Derivation, StrategyPlan> added() {
        return added;
    }

    boolean addsNothing() {
        return added.isEmpty();
    }

    /** Whether there is a chunk that is not copied yet, of this run's plan or of an earlier one. */
    boolean leavesRowsToCopy() {
        return !addsNothing()
                || Ledger.entries(attachment.control()).stream()
                        .anyMatch(entry -> !entry.complete());
    }

    /** Stores the plan; the target's new tables are empty from here on. */
    void store(Ledger ledger, StoredMapping text, ForeignRows foreignRows, ChunkPlanner planner) {
        Session control = attachment.control();
        List<Table> fresh = freshTables();
        control.inTransaction(
                () -> {
                    if (foreignRows == ForeignRows.TRUNCATE) {
                        TargetTables.truncate(control, fresh);
                    } else {
                        TargetTables.mustBeEmpty(control, fresh);
                    }
                    ledger.store(text);
                    storeEntries(ledger, planner);
                    if (ledger.read().phase() != Phase.COPYING) {
                        ledger.advance(Phase.COPYING);
                    }
                    return text;
                });
    }

    /** Target tables into which no row has been copied yet. */
    private List<Table> freshTables() {
        Set<TableName> filled =
                Ledger.entries(attachment.control()).stream()
                        .filter(entry -> entry.chunksDone() > 0)
                        .map(EntryRecord::target)
                        .collect(Collectors.toSet());
        return added.keySet().stream()
                .map(Derivation::target)
                .filter(table -> !filled.contains(table))
                .distinct()
                .map(catalogs.target()::require)
                .toList();
    }

    private void storeEntries(Ledger ledger, ChunkPlanner planner) {
        ledger.entries().stream()
                .filter(entry -> entry.chunksDone() == 0)
                .forEach(ledger.copy()::forget);
        try (Session source = attachment.ends().source().open("plan")) {
            added.forEach(
                    (derivation, plan) -> storeEntry(ledger, source, planner, derivation, plan));
        }
    }

    private void storeEntry(
            Ledger ledger,
            Session source,
            ChunkPlanner planner,
            Derivation derivation,
            StrategyPlan plan) {
        Table table = catalogs.source().require(derivation.source());
        storeEntry(
                ledger,
                catalogs,
                derivation,
                plan,
                planner.plan(source, derivation, table, plan.strategy()));
    }

    /** Stores an entry with its chunks, all of them to be copied. */
    static void storeEntry(
            Ledger ledger,
            Catalogs catalogs,
            Derivation derivation,
            StrategyPlan plan,
            ChunkPlanner.Plan chunks) {
        ledger.copy()
                .plan(
                        new EntryRecord(
                                derivation.entry(),
                                derivation.source(),
                                derivation.target(),
                                selectText(derivation, catalogs),
                                plan.strategy(),
                                plan.reason(),
                                catalogs.source().require(derivation.source()).estimatedRows(),
                                chunks.storage(),
                                chunks.chunks().size(),
                                0,
                                0,
                                0,
                                0),
                        chunks.chunks());
    }
}
