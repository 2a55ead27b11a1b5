package dev.confiture.analyze.prove;

import dev.confiture.analyze.prove.TargetRules.UniqueKey;
import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.TableName;
import dev.confiture.error.Finding;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Proves that the rows which a mapping makes keep every rule of the target, or counts those that do
 * not. Reads the source in one snapshot; writes nothing, and neither keeps nor shows any value but
 * keys.
 */
public final class Proof {
    private final Catalog sourceCatalog;
    private final Catalog targetCatalog;
    private final Verdict verdict = new Verdict();
    private final Map<TableName, List<EntryRows>> feeding = new TreeMap<>();
    private final Set<TableName> unknown = new HashSet<>();

    public Proof(Catalog sourceCatalog, Catalog targetCatalog) {
        this.sourceCatalog = sourceCatalog;
        this.targetCatalog = targetCatalog;
    }

    /** The figures, and a finding for each violation and for each rule that cannot be proved. */
    public record Result(ProofReport report, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    /** Proves the entries of a mapping, all together. */
    public Result run(Session source, Session target, List<Derivation> entries) {
        TargetRules rules =
                TargetRules.read(
                        target, entries.stream().map(Derivation::target).distinct().toList());
        return source.inSnapshot(
                () -> {
                    if (entries.stream().anyMatch(Derivation::holdsOwnSql)) {
                        source.execute(MappingPath.statement(Evaluation.SOURCE));
                    }
                    Snapshot snapshot = new Snapshot(source);
                    entries.forEach(entry -> proveRows(snapshot, entry, rules));
                    rules.uniqueKeys().forEach(key -> proveUnique(snapshot, key));
                    targetCatalog.foreignKeys().stream()
                            .filter(ForeignKey::validated)
                            .forEach(key -> proveKey(snapshot, target, key));
                    return new Result(verdict.report(), verdict.findings());
                });
    }

    private void proveRows(Snapshot snapshot, Derivation entry, TargetRules rules) {
        EntryRows rows =
                new EntryRows(
                        entry,
                        sourceCatalog.require(entry.source()),
                        targetCatalog.require(entry.target()),
                        rules.types().getOrDefault(entry.target(), new LinkedHashMap<>()));
        CastGuard guard = new CastGuard(sourceCatalog.majorVersion());
        feeding.computeIfAbsent(entry.target(), _ -> new ArrayList<>()).add(rows);
        if (!new EntryProof(snapshot, rows, verdict).prove(guard, rules.checks())) {
            unknown.add(entry.target());
        } else {
            new WayBackProof(snapshot, rows, verdict).prove();
        }
    }

    private void proveUnique(Snapshot snapshot, UniqueKey key) {
        if (!unknown.contains(key.table())) {
            new UniqueProof(snapshot, verdict)
                    .prove(key, feeding.getOrDefault(key.table(), List.of()));
        }
    }

    private void proveKey(Snapshot snapshot, Session target, ForeignKey key) {
        boolean known = !unknown.contains(key.table()) && !unknown.contains(key.referencedTable());
        if (known && feeding.containsKey(key.table())) {
            new ReferenceProof(snapshot, target, verdict, feeding).prove(key);
        }
    }
}
