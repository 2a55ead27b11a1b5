package dev.confiture.migration;

import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.copy.ChunkPlanner;
import dev.confiture.copy.ObjectRemoval;
import dev.confiture.copy.ParallelCopy;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Chunk;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.ExportedSnapshot;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** COPYING → FINISHING: every chunk that is not done yet is copied, all from one snapshot. */
final class CopyPhase {
    /** What a worker may need at once for a row of 8 MB, which is 16 MB as text, on its way. */
    private static final long HEAP_PER_WORKER = 40L << 20;

    private final Run run;
    private final Ledger ledger;

    CopyPhase(Run run) {
        this.run = run;
        this.ledger = run.ledger();
    }

    void run(List<Derivation> derivations, int jobs) {
        Map<EntryRecord, Derivation> pending = pending(derivations);
        run.clock().time("take off indexes and constraints", () -> takeOffObjects(pending));
        run.clock().time("copy", () -> copy(pending, jobs));
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
    }

    private void copy(Map<EntryRecord, Derivation> pending, int jobs) {
        TreeSet<TableName> sources = new TreeSet<>();
        pending.values()
                .forEach(derivation -> sources.addAll(derivation.lineage().reads().keySet()));
        List<TableName> locked = sources.stream().toList();
        try (ExportedSnapshot snapshot =
                ExportedSnapshot.of(run.attachment().ends().source(), locked)) {
            mustLieWhereTheyLay(pending);
            ParallelCopy copy =
                    new ParallelCopy(
                            run.attachment().ends(), snapshot, ledger, run.listener(), run.stop());
            pending.forEach((entry, derivation) -> announce(copy, entry, derivation));
            List<Chunk> chunks = ledger.pendingChunks();
            copy.run(chunks, jobs > 0 ? jobs : fittingJobs());
        }
    }

    private void announce(ParallelCopy copy, EntryRecord entry, Derivation derivation) {
        Table source = run.catalogs().source().require(derivation.source());
        Table target = run.catalogs().target().require(derivation.target());
        Strategy strategy = Strategy.valueOf(entry.strategy());
        copy.add(derivation.named(entry.entry()), strategy, source, target);
        run.listener()
                .on(
                        new ProgressEvent.EntryStarted(
                                entry.entry(),
                                strategy.label(),
                                entry.rows(),
                                entry.estimatedRows()));
    }

    /** Ranges of pages mean other rows once a table has been rewritten; looked at under lock. */
    private void mustLieWhereTheyLay(Map<EntryRecord, Derivation> pending) {
        try (Session source = run.attachment().ends().source().open("plan")) {
            for (EntryRecord entry : pending.keySet()) {
                String now =
                        ChunkPlanner.currentStorage(
                                source, entry.source(), Strategy.valueOf(entry.strategy()));
                if (ChunkPlanner.dependsOnStorage(entry.storage())
                        && !now.equals(entry.storage())) {
                    throw new ConfitureException(
                            ErrorCode.SOURCE_CHANGED,
                            "the source table "
                                    + entry.source().display()
                                    + " has been rewritten or repartitioned (VACUUM FULL, CLUSTER,"
                                    + " ALTER TABLE, TRUNCATE) since its copy began",
                            "Start over with `cleanup --force`, `setup` and `migrate"
                                    + " --truncate-target`.");
                }
            }
        }
    }

    private static int fittingJobs() {
        Runtime machine = Runtime.getRuntime();
        return Math.clamp(machine.maxMemory() / HEAP_PER_WORKER, 1, machine.availableProcessors());
    }
}
