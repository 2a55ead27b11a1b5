package dev.confiture.cli.render;

import dev.confiture.setup.CleanupReport;

/** The report of {@code cleanup}. */
public final class CleanupText implements Rendering<CleanupReport> {
    @Override
    public void render(CleanupReport report, Page page) {
        String where = Page.printable(report.target());
        page.line(
                report.removed().isEmpty()
                        ? "nothing to remove: no trace of Confiture in " + where
                        : page.palette().good("cleaned up") + " " + where);
        page.list("Removed", report.removed());
        page.list("Kept", report.kept());
    }
}
