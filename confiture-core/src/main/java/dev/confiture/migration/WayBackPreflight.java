package dev.confiture.migration;

import dev.confiture.cutover.PreflightItem;
import dev.confiture.inverse.ColumnWayBack;
import dev.confiture.inverse.NoWayBack;
import dev.confiture.inverse.WayBack;
import dev.confiture.inverse.WayBackPlan;
import java.util.List;
import java.util.stream.Collectors;

/** What a cutover says of the way back before it begins. */
final class WayBackPreflight {
    private static final String CHECK = "way back";

    private WayBackPreflight() {}

    /** None is wanted. */
    static List<PreflightItem> none() {
        return List.of(
                PreflightItem.warning(
                        CHECK,
                        "none is wanted: the old database is left as it is",
                        "Leave --no-rollback away if it is to be kept in step."));
    }

    /** Each table that would be left behind; or what of the columns does not come back. */
    static List<PreflightItem> items(WayBackPlan plan) {
        return plan.impossible().isEmpty()
                ? List.of(columns(plan))
                : plan.impossible().stream().map(WayBackPreflight::impossible).toList();
    }

    private static PreflightItem impossible(NoWayBack table) {
        return PreflightItem.blocker(
                CHECK,
                table.table().display() + " " + table.reason(),
                table.remedy() + " Or run it with --no-rollback if there need be no way back.");
    }

    private static PreflightItem columns(WayBackPlan plan) {
        List<ColumnWayBack> lossy =
                plan.columns().stream().filter(one -> one.way() != WayBack.LOSSLESS).toList();
        return lossy.isEmpty()
                ? PreflightItem.good(CHECK, "every column comes back as it was")
                : PreflightItem.warning(
                        CHECK,
                        lossy.stream()
                                .map(WayBackPreflight::display)
                                .collect(Collectors.joining(", ")),
                        "`confiture s2s analyze` says why, and what reverse may add.");
    }

    private static String display(ColumnWayBack column) {
        return column.table().display() + "." + column.column() + " " + column.way().label();
    }
}
