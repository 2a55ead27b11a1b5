package dev.confiture.verify;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.TableName;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares both databases while the source rests: each side in one snapshot, both at the same time.
 * Nothing is written but temporary tables, and these only if something differs.
 */
public final class Verification {
    private final Database source;
    private final Database target;
    private final ProgressListener listener;
    private final StopSignal stop;

    public Verification(
            Database source, Database target, ProgressListener listener, StopSignal stop) {
        this.source = source;
        this.target = target;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Looks at the selected tables, and at the constraints and sequences of these tables.
     *
     * @param takenOff what the migration took off the target and has not brought back as it was
     */
    public VerifyReport run(
            ResolvedMapping mapping,
            Catalog sourceCatalog,
            Catalog targetCatalog,
            VerifyScope scope,
            List<RemovedObject> takenOff) {
        List<ComparedTable> tables =
                scope.of(ComparedTable.all(mapping.derivations(), sourceCatalog, targetCatalog));
        try (Session left = source.open("verify");
                Session right = target.open("verify")) {
            List<TableWalk> walks =
                    left.inSnapshot(
                            () ->
                                    right.inWritableSnapshot(
                                            () -> compare(tables, scope, left, right)));
            Set<TableName> names =
                    tables.stream().map(it -> it.target().name()).collect(Collectors.toSet());
            TargetIntegrity integrity =
                    new TargetIntegrity(right, targetCatalog, names, listener, stop);
            return BothSides.alone(
                    new BothSides.Side<>(
                            right,
                            () ->
                                    right.inSnapshot(
                                            () -> report(scope, walks, integrity, takenOff))),
                    stop);
        }
    }

    private List<TableWalk> compare(
            List<ComparedTable> tables, VerifyScope scope, Session left, Session right) {
        VerifyProgress progress = new VerifyProgress(tables, listener);
        SliceComparison comparison = SliceComparison.ofSnapshots(left, right, stop);
        List<TableWalk> walks = new ArrayList<>();
        for (ComparedTable table : tables) {
            TableWalk walk = new TableWalk(table, scope.thoroughness());
            walks.add(walk);
            while (!walk.isDone()) {
                stop.check();
                progress.compared(table, walk.step(comparison, right));
            }
        }
        progress.finished();
        return walks;
    }

    private VerifyReport report(
            VerifyScope scope,
            List<TableWalk> walks,
            TargetIntegrity integrity,
            List<RemovedObject> takenOff) {
        return new VerifyReport(
                false,
                scope.isComplete(),
                walks.stream().map(walk -> walk.result(scope.onDifference())).toList(),
                integrity.orphans(takenOff),
                integrity.duplicates(),
                integrity.sequences(false),
                notes(walks.stream().map(TableWalk::table).toList()));
    }

    /** What could not be compared. */
    public static List<String> notes(List<ComparedTable> tables) {
        return tables.stream()
                .filter(table -> !table.columnsNotCompared().isEmpty())
                .map(
                        table ->
                                "not compared in "
                                        + table.target().name().display()
                                        + ": "
                                        + String.join(", ", table.columnsNotCompared())
                                        + ", since not every entry that feeds the table feeds it")
                .toList();
    }
}
