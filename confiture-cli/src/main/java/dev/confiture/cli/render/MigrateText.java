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
            // Why there is more than one moment is among the remarks.
            if (report.snapshots() == 1) {
                page.line("all rows are of one moment of the source");
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
                    report.dryRun() ? "" : Figures.count(entry.rows()),
                    entry.bytes() == 0 ? "" : Figures.bytes(entry.bytes()),
                    report.dryRun() ? "" : Figures.count(entry.chunks()),
                    time(report, entry),
                    Figures.rowsPerSecond(entry.rows(), entry.seconds()));
        }
        return table;
    }

    /** A dry run only has an estimate, if that. */
    private static String time(MigrateReport report, Entry entry) {
        if (!report.dryRun()) {
            return Figures.duration(entry.seconds());
        }
        return entry.seconds() == 0 ? "" : "about " + Figures.duration(entry.seconds());
    }

    private static Table steps(MigrateReport report) {
        Table table = new Table("step", ">time");
        report.steps().forEach(it -> table.row(it.name(), Figures.duration(it.seconds())));
        return table;
    }
}
