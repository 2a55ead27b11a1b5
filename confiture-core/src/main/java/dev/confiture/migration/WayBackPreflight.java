package dev.confiture.migration;

import dev.confiture.cutover.PreflightItem;
import dev.confiture.error.Finding;
import dev.confiture.inverse.ColumnWayBack;
import dev.confiture.inverse.NoWayBack;
import dev.confiture.inverse.WayBack;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.postgres.Session;
import dev.confiture.setup.WayBackChecks;
import java.util.List;
import java.util.stream.Collectors;

/** What a cutover says of the way back before it begins. */
final class WayBackPreflight {
    private static final String CHECK = "way back";
    private static final String OTHERWISE =
            "Or run it with --no-rollback if there need be no way back.";

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

    /**
     * What keeps the servers from it.
     *
     * @param target a session of the owner of the new tables; likewise {@code source}
     */
    static List<PreflightItem> servers(Session target, Session source) {
        List<Finding> findings = WayBackChecks.run(target, source);
        return findings.isEmpty()
                ? List.of(PreflightItem.good("servers", "both allow a way back"))
                : findings.stream()
                        .map(
                                finding ->
                                        PreflightItem.blocker(
                                                finding.subject(),
                                                finding.message(),
                                                finding.remedy() + " " + OTHERWISE))
                        .toList();
    }

    private static PreflightItem impossible(NoWayBack table) {
        return PreflightItem.blocker(
                CHECK,
                table.table().display() + " " + table.reason(),
                table.remedy() + " " + OTHERWISE);
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
