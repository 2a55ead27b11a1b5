package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.copy.ChunkPlanner;
import dev.confiture.copy.StrategyPlan;
import dev.confiture.copy.TargetTables;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Session;
import java.util.List;

/**
 * Empties a target table and plans the copy of all its entries anew, in one transaction. Each is
 * one chunk now, whatever its size: an application that truncates a table once does it again.
 */
final class CopyRestart {
    private CopyRestart() {}

    static void of(Run run, EntryRecord entry, List<Derivation> derivations) {
        Session control = run.attachment().control();
        TableName target = entry.target();
        control.inTransaction(
                () -> {
                    TargetTables.truncate(
                            control, List.of(run.catalogs().target().require(target)));
                    run.ledger().entries().stream()
                            .filter(record -> record.target().equals(target))
                            .forEach(record -> plan(run, record, derivations));
                    return target;
                });
    }

    private static void plan(Run run, EntryRecord record, List<Derivation> derivations) {
        Ledger ledger = run.ledger();
        ledger.copy().startOver(record);
        derivations.stream()
                .filter(derivation -> CopyPlan.samePair(record, derivation))
                .forEach(
                        derivation ->
                                CopyPlan.storeEntry(
                                        ledger,
                                        run.catalogs(),
                                        derivation,
                                        new StrategyPlan(Strategy.COPY, record.reason()),
                                        ChunkPlanner.planWhole(
                                                derivation,
                                                run.catalogs()
                                                        .source()
                                                        .require(derivation.source()))));
    }
}
