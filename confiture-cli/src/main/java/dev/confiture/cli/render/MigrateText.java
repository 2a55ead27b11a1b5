package dev.confiture.cli.render;

import dev.confiture.migration.MigrateReport;
import dev.confiture.migration.MigrateReport.Entry;

/** The report of {@code migrate} and {@code migrate-table}. */
public final class MigrateText implements Rendering<MigrateReport> {
    private final String target;

    /**
     * @param target the target as the user named it, for the next command
     */
    public MigrateText(String target) {
        this.target = target;
    }

    @Override
    public void render(MigrateReport report, Page page) {
        page.line(sentence(report, page.palette()));
        page.table(report.dryRun() ? "Would copy" : "Copied", entries(report));
        page.list(
                "Why",
                report.entries().stream()
                        .filter(it -> !it.reason().isBlank())
                        .map(it -> it.entry() + ": " + it.reason())
                        .toList());
        page.table("Steps of this run", steps(report));
        page.list("Remarks", report.remarks());
        if (!report.dryRun()) {
            page.blank();
            if (report.snapshots() > 0) {
                page.line(moment(report.snapshots()));
            }
            page.line("next: " + NextCommand.onTarget("verify", target));
        }
    }

    private static String sentence(MigrateReport report, Palette palette) {
        if (report.dryRun()) {
            return "dry run, nothing was written";
        }
        return report.alreadyComplete()
                ? "nothing to do: this migration was complete already"
                : palette.good("migration complete");
    }

    private static String moment(int snapshots) {
        return snapshots == 1
                ? "all rows are of one moment of the source"
                : "the rows were read at "
                        + Figures.count(snapshots)
                        + " moments of the source, so what was written there in between may be"
                        + " in one table and not in another";
    }

    private static Table entries(MigrateReport report) {
        Table table =
                new Table(
                        "entry",
                        "source",
                        "target",
                        "strategy",
                        ">rows",
                        ">size",
                        ">chunks",
                        ">time",
                        ">speed");
        for (Entry entry : report.entries()) {
            table.row(
                    entry.entry(),
                    entry.source(),
                    entry.target(),
                    entry.strategy(),
                    Figures.count(entry.rows()),
                    entry.bytes() == 0 ? "" : Figures.bytes(entry.bytes()),
                    Figures.count(entry.chunks()),
                    report.dryRun() ? "" : Figures.duration(entry.seconds()),
                    Figures.rowsPerSecond(entry.rows(), entry.seconds()));
        }
        return table;
    }

    private static Table steps(MigrateReport report) {
        Table table = new Table("step", ">time");
        report.steps().forEach(it -> table.row(it.name(), Figures.duration(it.seconds())));
        return table;
    }
}
