package dev.confiture.cli.render;

import dev.confiture.build.BuildReport;

/** The report of {@code build}. */
public final class BuildText implements Rendering<BuildReport> {
    @Override
    public void render(BuildReport report, Page page) {
        String files = Figures.count(report.files().size(), "file");
        String where =
                "database " + report.database() + " (environment " + report.environment() + ")";
        page.line(Page.printable(sentence(report, where, files)));
        page.list(report.dryRun() ? "Files, in this order" : "Files", report.files());
        page.list(
                "Run outside a transaction, as their statements demand", report.notInTransaction());
    }

    private static String sentence(BuildReport report, String where, String files) {
        String transaction = report.oneTransaction() ? ", in one transaction" : "";
        if (report.dryRun()) {
            return "dry run, nothing was changed: would build "
                    + where
                    + (report.created() ? ", creating it," : "")
                    + " from "
                    + files
                    + transaction;
        }
        return (report.created() ? "created and built " : "built ")
                + where
                + " from "
                + files
                + transaction;
    }
}
