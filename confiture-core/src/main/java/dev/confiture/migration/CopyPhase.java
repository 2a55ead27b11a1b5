package dev.confiture.migration;

import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.copy.ChunkPlanner;
import dev.confiture.copy.ObjectRemoval;
import dev.confiture.copy.Pacing;
import dev.confiture.copy.ParallelCopy;
import dev.confiture.copy.StayingKeys;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.ledger.Phase;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.ExportedSnapshot;
import dev.confiture.postgres.OwnSnapshot;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SourceSnapshot;
import dev.confiture.progress.ProgressEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * COPYING → FINISHING: every chunk that is not done yet is copied; in a static migration all from
 * one snapshot.
 */
final class CopyPhase {
    private final Run run;
    private final Ledger ledger;
    private Pacing pacing = Pacing.NONE;

    CopyPhase(Run run) {
        this.run = run;
        this.ledger = run.ledger();
    }

    void run(List<Derivation> derivations, MigrateRequest request) {
        try (SourceCare care = SourceCare.of(run, request)) {
            this.pacing = care;
            run(derivations, request.jobs());
        }
    }

    private void run(List<Derivation> derivations, int jobs) {
        Map<EntryRecord, Derivation> pending = pending(derivations);
        run.clock().time("take off indexes and constraints", () -> takeOffObjects(pending));
        run.clock().time("copy", () -> copyUntilWhole(derivations, jobs));
        ledger.advance(Phase.FINISHING);
    }

    private Map<EntryRecord, Derivation> pending(List<Derivation> derivations) {
        Map<EntryRecord, Derivation> pending = new LinkedHashMap<>();
        for (EntryRecord entry : ledger.entries()) {
            if (!entry.complete()) {
                derivations.stream()
                        .filter(derivation -> CopyPlan.samePair(entry, derivation))
                        .forEach(derivation -> pending.put(entry, derivation));
            }
        }
        return pending;
    }

    private void takeOffObjects(Map<EntryRecord, Derivation> pending) {
        TreeSet<TableName> tables = new TreeSet<>();
        pending.keySet().forEach(entry -> tables.add(entry.target()));
        new ObjectRemoval(run.attachment().control(), ledger)
                .removeFrom(tables)
                .forEach(object -> run.listener().on(new ProgressEvent.Detail(object)));
        if (run.mode() == MigrationMode.LIVE) {
            StayingKeys.mustNotBeOn(run.attachment().control(), copiedInParts(pending.keySet()));
        }
    }

    /** The target tables whose rows are not all read at one moment. */
    private Set<TableName> copiedInParts(Collection<EntryRecord> pending) {
        Map<String, TableName> targets =
                pending.stream().collect(Collectors.toMap(EntryRecord::entry, EntryRecord::target));
        Map<TableName, Long> chunks =
                ledger.copy().pending().stream()
                        .map(chunk -> targets.get(chunk.entry()))
                        .filter(Objects::nonNull)
                        .collect(Collectors.groupingBy(table -> table, Collectors.counting()));
        chunks.values().removeIf(number -> number == 1);
        return chunks.keySet();
    }

    /**
     * An application that truncates a table of its own may do so while the table is copied; then
     * the copy of that table begins anew.
     */
    private void copyUntilWhole(List<Derivation> derivations, int jobs) {
        Map<EntryRecord, Derivation> pending = pending(derivations);
        while (!pending.isEmpty()) {
            try {
                copy(pending, jobs);
            } catch (RewrittenTable rewritten) {
                if (run.mode() == MigrationMode.STATIC) {
                    throw rewritten;
                }
                run.listener().on(new ProgressEvent.Warning(rewritten.remark()));
                CopyRestart.of(run, rewritten.entry(), derivations);
            }
            pending = pending(derivations);
        }
    }

    private void copy(Map<EntryRecord, Derivation> pending, int jobs) {
        if (run.mode() == MigrationMode.LIVE) {
            copy(pending, jobs, this::ownSnapshot);
            return;
        }
        TreeSet<TableName> sources = new TreeSet<>();
        pending.values()
                .forEach(derivation -> sources.addAll(derivation.lineage().reads().keySet()));
        try (ExportedSnapshot snapshot =
                ExportedSnapshot.of(run.attachment().ends().source(), List.copyOf(sources))) {
            mustLieWhereTheyLay(pending.keySet());
            copy(pending, jobs, (entry, derivation) -> snapshot);
        }
    }

    /** What is written between two chunks is captured, so each may be read at its own moment. */
    private SourceSnapshot ownSnapshot(EntryRecord entry, Derivation derivation) {
        return new OwnSnapshot(
                List.copyOf(derivation.lineage().reads().keySet()),
                source -> mustLieWhereItLay(source, entry));
    }

    private void copy(
            Map<EntryRecord, Derivation> pending,
            int jobs,
            BiFunction<EntryRecord, Derivation, SourceSnapshot> snapshots) {
        ParallelCopy copy =
                new ParallelCopy(
                        run.attachment().ends(), ledger, run.listener(), run.stop(), pacing);
        pending.forEach(
                (entry, derivation) ->
                        announce(copy, entry, derivation, snapshots.apply(entry, derivation)));
        copy.run(ledger.copy().pending(), jobs > 0 ? jobs : ParallelCopy.fittingWorkers());
    }

    private void announce(
            ParallelCopy copy, EntryRecord entry, Derivation derivation, SourceSnapshot snapshot) {
        Table source = run.catalogs().source().require(derivation.source());
        Table target = run.catalogs().target().require(derivation.target());
        Strategy strategy = entry.strategy();
        copy.add(derivation.named(entry.entry()), strategy, source, target, snapshot);
        run.listener()
                .on(
                        new ProgressEvent.EntryStarted(
                                entry.entry(),
                                strategy.label(),
                                entry.rows(),
                                entry.estimatedRows()));
    }

    private void mustLieWhereTheyLay(Collection<EntryRecord> entries) {
        try (Session source = run.attachment().ends().source().open("plan")) {
            entries.forEach(entry -> mustLieWhereItLay(source, entry));
        }
    }

    /** Ranges of pages mean other rows once a table has been rewritten; looked at under lock. */
    private static void mustLieWhereItLay(Session source, EntryRecord entry) {
        if (!ChunkPlanner.dependsOnStorage(entry.storage())) {
            return;
        }
        String now = ChunkPlanner.currentStorage(source, entry.source(), entry.strategy());
        if (!now.equals(entry.storage())) {
            throw new RewrittenTable(entry);
        }
    }
}
