package dev.confiture.analyze;

import dev.confiture.analyze.AnalyzeReport.Loss;
import dev.confiture.inverse.ColumnWayBack;
import dev.confiture.inverse.WayBack;
import dev.confiture.inverse.WayBackPlan;
import java.util.List;
import java.util.stream.Stream;

/** What a rollback would not bring back: tables first, then single columns. */
final class RollbackLosses {
    private RollbackLosses() {}

    static List<Loss> of(WayBackPlan plan) {
        return Stream.concat(
                        plan.impossible().stream()
                                .map(
                                        none ->
                                                new Loss(
                                                        none.table().display(),
                                                        null,
                                                        "impossible",
                                                        none.reason(),
                                                        none.remedy())),
                        plan.columns().stream()
                                .filter(column -> column.way() != WayBack.LOSSLESS)
                                .map(RollbackLosses::of))
                .toList();
    }

    private static Loss of(ColumnWayBack column) {
        return new Loss(
                column.table().display(),
                column.column(),
                column.way().label(),
                column.reason(),
                null);
    }
}
