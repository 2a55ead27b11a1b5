package dev.confiture.cli.render;

import dev.confiture.setup.SetupReport;

/** The report of {@code setup}. */
public final class SetupText implements Rendering<SetupReport> {
    /** The name that the mapping file has in every example. */
    public static final String MAPPING_FILE = "mapping.yaml";

    private final String target;
    private final MappingFile mapping;

    /** Whether there is a mapping file yet; if not, the next command drafts it. */
    public enum MappingFile {
        THERE,
        MISSING
    }

    /**
     * @param target the target as the user named it, for the next command
     */
    public SetupText(String target, MappingFile mapping) {
        this.target = target;
        this.mapping = mapping;
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
        page.blank().line("next: " + next());
    }

    private String next() {
        return switch (mapping) {
            case THERE -> NextCommand.withMapping("analyze", target, MAPPING_FILE);
            case MISSING -> NextCommand.onTarget("mapping", target) + " --output " + MAPPING_FILE;
        };
    }
}
