package dev.confiture.cli.demo;

import dev.confiture.cli.render.Figures;
import dev.confiture.cli.render.Page;
import dev.confiture.cli.render.Rendering;
import dev.confiture.cli.render.Table;
import java.util.stream.Collectors;

/** The summary at the end of the demo. */
public final class DemoText implements Rendering<DemoReport> {
    @Override
    public void render(DemoReport report, Page page) {
        Table table = new Table("step", "what it did", ">time");
        double all = 0;
        for (DemoReport.Step step : report.steps()) {
            table.row(step.name(), step.what(), Figures.duration(step.seconds()));
            all += step.seconds();
        }
        table.row("all", "", Figures.duration(all));
        page.table("Summary", table).blank();
        DemoReport.Writers writers = report.writers();
        if (writers != null) {
            page.line(saw(writers));
        }
        String folder = report.projectFolder();
        if (folder != null) {
            page.line("to look around: cd " + folder + " && . ./passwords.sh");
        }
        page.line(
                report.serversStopped()
                        ? "both servers were stopped, and nothing is left behind"
                        : "both servers keep running until you press Ctrl-C; the folder stays");
    }

    private static String saw(DemoReport.Writers writers) {
        return "the application wrote for "
                + Figures.duration(writers.seconds())
                + " all the while: "
                + Figures.count(writers.commits(), "commit")
                + ", "
                + Figures.count(writers.errors(), "error")
                + ", longest statement "
                + Figures.duration(writers.longestStatementMilliseconds() / 1000)
                + pauses(writers);
    }

    /** As the application felt them: from its last commit on one side to its first on the other. */
    private static String pauses(DemoReport.Writers writers) {
        int switches = writers.pausesMilliseconds().size();
        return switches == 0
                ? ""
                : writers.pausesMilliseconds().stream()
                        .map(pause -> Figures.duration(pause / 1000))
                        .collect(
                                Collectors.joining(
                                        " and ",
                                        ", paused for ",
                                        switches == 1 ? " at the switch" : " at the switches"));
    }
}
