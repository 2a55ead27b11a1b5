package dev.confiture.cli.render;

import dev.confiture.migration.FollowReport;

/** The report of {@code follow}. */
public final class FollowText implements Rendering<FollowReport> {
    @Override
    public void render(FollowReport report, Page page) {
        page.line(
                "stopped after "
                        + Figures.count(report.hops(), "hop")
                        + ": "
                        + Figures.count(report.transactions(), "transaction")
                        + ", "
                        + Figures.count(report.rows(), "row"));
    }
}
