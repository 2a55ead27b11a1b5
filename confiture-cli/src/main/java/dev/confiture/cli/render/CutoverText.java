package dev.confiture.cli.render;

import dev.confiture.cutover.PreflightItem;
import dev.confiture.error.ErrorCode;
import dev.confiture.migration.CutoverReport;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report of {@code cutover} and {@code rollback}. */
public final class CutoverText implements Rendering<CutoverReport> {
    private final String target;

    /**
     * @param target the target as the user named it, for the next command
     */
    public CutoverText(String target) {
        this.target = target;
    }

    @Override
    public void render(CutoverReport report, Page page) {
        page.line(Page.printable(sentence(report, page.palette())));
        Table checks = new Table("check", "result", "found");
        for (PreflightItem item : report.preflight()) {
            checks.row(item.check(), result(item), item.found());
        }
        page.table("Looked at before", checks);
        page.list(
                "What to do",
                report.preflight().stream()
                        .filter(item -> item.verdict() != PreflightItem.Verdict.GOOD)
                        .map(item -> item.check() + ": " + item.remedy())
                        .toList());
        Table steps = new Table("step", ">time");
        report.steps()
                .forEach(step -> steps.row(step.name(), Figures.milliseconds(step.milliseconds())));
        page.table("Steps", steps);
        page.list("Remarks", report.remarks());
        if (report.kind().equals("done")) {
            page.blank().line("next: " + NextCommand.onTarget("status", target));
        }
    }

    private static String sentence(CutoverReport report, Palette palette) {
        Double pause = report.pauseMilliseconds();
        String paused =
                pause == null
                        ? ""
                        : "; writers were kept waiting for at most " + Figures.milliseconds(pause);
        return switch (report.kind()) {
            case "dry run" ->
                    report.ready()
                            ? palette.good("ready")
                                    + ": nothing stands in the way, nothing was done"
                            : palette.bad("not ready") + ": nothing was done";
            case "rehearsed" -> palette.good("rehearsed") + paused;
            default ->
                    palette.good("done")
                            + ": the application writes to "
                            + report.writesGoTo()
                            + " now"
                            + paused;
        };
    }

    private static String result(PreflightItem item) {
        return switch (item.verdict()) {
            case GOOD -> "good";
            case WARNING -> "WARNING";
            case BLOCKER -> "BLOCKER";
        };
    }

    @Override
    public @Nullable Failure failure(CutoverReport report) {
        if (report.ready()) {
            return null;
        }
        List<PreflightItem> blockers =
                report.preflight().stream().filter(PreflightItem::blocks).toList();
        return new Failure(
                ErrorCode.BLOCKER_FOUND,
                blockers.stream()
                        .map(item -> item.check() + ": " + item.found())
                        .collect(Collectors.joining("; ")),
                blockers.stream().map(PreflightItem::remedy).collect(Collectors.joining("\n")));
    }
}
