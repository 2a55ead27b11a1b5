package dev.confiture.cli.render;

import dev.confiture.error.ErrorCode;
import dev.confiture.verify.VerifyReport;
import dev.confiture.verify.VerifyReport.Count;
import dev.confiture.verify.VerifyReport.Orphans;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The report of {@code verify}. */
public final class VerifyText implements Rendering<VerifyReport> {
    private final String target;

    /**
     * @param target the target as the user named it, for the next command
     */
    public VerifyText(String target) {
        this.target = target;
    }

    @Override
    public void render(VerifyReport report, Page page) {
        page.line(summary(report, page.palette()));
        Table counts = new Table("target table", ">source rows", ">target rows", "result");
        for (Count count : report.counts()) {
            counts.row(
                    count.target(),
                    Figures.count(count.sourceRows()),
                    Figures.count(count.targetRows()),
                    count.agrees() ? "equal" : difference(count));
        }
        Table keys = new Table("foreign key", "table", "refers to", "orphans");
        for (Orphans key : report.foreignKeys()) {
            keys.row(
                    key.constraint(),
                    key.table(),
                    key.referencedTable(),
                    key.orphans() == 0 ? "none" : Figures.count(key.orphans()));
        }
        page.table("Row counts", counts).table("Foreign keys", keys);
        page.list(
                "Notes",
                report.foreignKeys().stream()
                        .filter(key -> key.orphans() > 0 && key.agrees())
                        .map(
                                key ->
                                        orphans(key)
                                                + "; the new schema says NOT VALID, so that they"
                                                + " are no difference")
                        .toList());
    }

    @Override
    public @Nullable Failure failure(VerifyReport report) {
        if (report.agrees()) {
            return null;
        }
        List<Count> differing = report.counts().stream().filter(it -> !it.agrees()).toList();
        String message =
                Stream.concat(
                                differing.stream().map(VerifyText::mismatch),
                                report.foreignKeys().stream()
                                        .filter(it -> !it.agrees())
                                        .map(VerifyText::orphans))
                        .collect(Collectors.joining("; "));
        return differing.isEmpty()
                ? new Failure(ErrorCode.ORPHANED_ROWS, message, orphanHint())
                : new Failure(ErrorCode.ROW_COUNT_MISMATCH, message, mismatchHint());
    }

    private static String summary(VerifyReport report, Palette palette) {
        if (!report.agrees()) {
            return palette.bad("source and target differ");
        }
        long rows = report.counts().stream().mapToLong(Count::targetRows).sum();
        return palette.good("source and target agree")
                + ": "
                + Figures.count(report.counts().size(), "table")
                + ", "
                + Figures.count(rows, "row")
                + ", "
                + Figures.count(report.foreignKeys().size(), "foreign key");
    }

    private static String mismatch(Count count) {
        return "row count mismatch in "
                + count.target()
                + ": source "
                + Figures.count(count.sourceRows())
                + ", target "
                + Figures.count(count.targetRows())
                + " ("
                + difference(count)
                + ")";
    }

    private static String difference(Count count) {
        long missing = count.sourceRows() - count.targetRows();
        return missing > 0
                ? Figures.count(missing) + " missing"
                : Figures.count(-missing) + " too many";
    }

    private static String orphans(Orphans key) {
        return Figures.count(key.orphans(), "row")
                + " of "
                + key.table()
                + (key.orphans() == 1 ? " refers" : " refer")
                + " to no row of "
                + key.referencedTable()
                + " ("
                + key.constraint()
                + ")";
    }

    private String mismatchHint() {
        return "Was the source or the target written to after migrate? A static migration copies"
                + " one moment: stop the writers, then copy again with "
                + NextCommand.onTarget("cleanup", target)
                + ", setup and migrate --truncate-target.";
    }

    private String orphanHint() {
        return "If the source holds the same orphans, mend them there or leave that foreign key out"
                + " of the new schema; if not, the target was written to after migrate.";
    }
}
