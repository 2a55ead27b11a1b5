package dev.confiture.cli.render;

import dev.confiture.analyze.AnalyzeReport;
import dev.confiture.analyze.AnalyzeReport.ColumnPlan;
import dev.confiture.analyze.AnalyzeReport.EntryPlan;
import dev.confiture.analyze.prove.ProofReport;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report of {@code analyze}. */
public final class AnalyzeText implements Rendering<AnalyzeReport> {
    @Override
    public void render(AnalyzeReport report, Page page) {
        page.line(Page.printable("source " + report.source()));
        page.line(Page.printable("target " + report.target()));
        page.table("Plan", plan(report.entries()));
        page.list(
                "Why",
                report.entries().stream().map(it -> it.entry() + ": " + it.reason()).toList());
        for (EntryPlan entry : report.entries()) {
            page.table(
                    Page.printable(entry.source() + " to " + entry.target()),
                    columns(entry.columns()));
        }
        page.list("Source tables left behind on purpose", report.ignoredTables());
        page.list(
                "Where the way back ends",
                report.rollback().stream().map(AnalyzeText::loss).toList());
        page.findings(report.findings());
        if (report.proof() != null) {
            page.blank().line(proved(report.proof()));
        }
        if (failure(report) == null) {
            page.blank().line(page.palette().good("nothing stands in the way of migrate"));
        }
    }

    @Override
    public @Nullable Failure failure(AnalyzeReport report) {
        List<Finding> blockers =
                report.findings().stream()
                        .filter(it -> it.severity() == Finding.Severity.BLOCKER)
                        .toList();
        if (blockers.isEmpty()) {
            return null;
        }
        String subjects =
                String.join(", ", blockers.stream().map(Finding::subject).distinct().toList());
        return new Failure(
                ErrorCode.BLOCKER_FOUND,
                "found " + Figures.count(blockers.size(), "blocker") + ": " + subjects,
                "Do what stands below each BLOCKER, then run analyze again.");
    }

    private static String proved(ProofReport proof) {
        return "proved on "
                + Figures.count(proof.rows(), "row")
                + ": "
                + (proof.violations().isEmpty()
                        ? "none breaks a constraint of the target"
                        : Figures.count(proof.violations().size(), "violation"))
                + (proof.unproven().isEmpty() ? "" : "; not provable: " + proof.unproven().size());
    }

    private static Table plan(List<EntryPlan> entries) {
        Table table = new Table("entry", "source", "target", ">rows", ">size", "strategy", ">time");
        for (EntryPlan entry : entries) {
            Double seconds = entry.estimatedSeconds();
            table.row(
                    entry.entry(),
                    entry.source(),
                    entry.target(),
                    entry.rows() < 0 ? "unknown" : "about " + Figures.count(entry.rows()),
                    Figures.bytes(entry.bytes()),
                    entry.strategy(),
                    seconds == null ? "" : "about " + Figures.duration(seconds));
        }
        return table;
    }

    private static Table columns(List<ColumnPlan> columns) {
        Table table =
                new Table(
                        "source column", "type", "target column", "type", "change", "way back", "");
        for (ColumnPlan column : columns) {
            table.row(
                    orEmpty(column.source()),
                    orEmpty(column.sourceType()),
                    orEmpty(column.target()),
                    orEmpty(column.targetType()),
                    orEmpty(column.typeChange()),
                    orEmpty(column.wayBack()),
                    remark(column));
        }
        return table;
    }

    private static String remark(ColumnPlan column) {
        return switch (column.how()) {
            case "explicit" -> "";
            case "implied" -> "same name";
            case "default" -> "fed by nothing: default or NULL";
            case "ignored" -> "left behind on purpose";
            default -> column.how();
        };
    }

    private static String loss(AnalyzeReport.Loss loss) {
        return loss.column() == null
                ? loss.table() + " " + loss.reason() + ". " + orEmpty(loss.remedy())
                : loss.table() + "." + loss.column() + " " + loss.wayBack() + ": " + loss.reason();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
