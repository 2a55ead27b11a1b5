package dev.confiture.cli.render;

import dev.confiture.setup.SetupReport;

/** The report of {@code setup}. */
public final class SetupText implements Rendering<SetupReport> {
    private final String target;

    /**
     * @param target the target as the user named it, for the next command
     */
    public SetupText(String target) {
        this.target = target;
    }

    @Override
    public void render(SetupReport report, Page page) {
        page.line("set up for a " + report.mode() + " migration");
        page.table(
                "Databases",
                new Table("", "address", "version", "TLS")
                        .row("source", report.source(), report.sourceVersion(), report.sourceTls())
                        .row(
                                "target",
                                report.target(),
                                report.targetVersion(),
                                report.targetTls()));
        page.list("Made", report.made());
        page.list("Was there already", report.kept());
        page.findings(report.findings());
        page.blank()
                .line(
                        "next: "
                                + NextCommand.onTarget("analyze", target)
                                + " --mapping mapping.yaml");
    }
}
