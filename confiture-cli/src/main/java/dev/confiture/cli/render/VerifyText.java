package dev.confiture.cli.render;

import dev.confiture.error.ErrorCode;
import dev.confiture.verify.RowDifference;
import dev.confiture.verify.VerifyReport;
import dev.confiture.verify.VerifyReport.Duplicates;
import dev.confiture.verify.VerifyReport.Orphans;
import dev.confiture.verify.VerifyReport.SequenceResult;
import dev.confiture.verify.VerifyReport.TableResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
        Table tables =
                new Table("target table", ">source rows", ">target rows", ">chunks", "result");
        report.tables()
                .forEach(
                        table ->
                                tables.row(
                                        table.target(),
                                        Figures.count(table.sourceRows()),
                                        Figures.count(table.targetRows()),
                                        Figures.count(table.chunks()),
                                        result(table)));
        page.table("Tables", tables)
                .table("Rows that differ", rows(report))
                .table("Foreign keys", foreignKeys(report))
                .table("Deferrable unique constraints", duplicates(report))
                .table("Sequences", sequences(report));
        page.list("Notes", notes(report));
    }

    private static Table rows(VerifyReport report) {
        Table rows = new Table("table", "key", "how", "columns");
        for (TableResult table : report.tables()) {
            for (RowDifference row : table.rows()) {
                rows.row(
                        table.target(),
                        row.key(),
                        row.kind().name().toLowerCase(Locale.ROOT),
                        String.join(", ", row.columns()));
            }
        }
        return rows;
    }

    private static Table foreignKeys(VerifyReport report) {
        Table keys = new Table("foreign key", "table", "refers to", "orphans");
        for (Orphans key : report.foreignKeys()) {
            keys.row(
                    key.constraint(),
                    key.table(),
                    key.referencedTable(),
                    key.orphans() == 0 ? "none" : Figures.count(key.orphans()));
        }
        return keys;
    }

    private static Table duplicates(VerifyReport report) {
        Table keys = new Table("constraint", "table", "duplicates");
        for (Duplicates key : report.uniqueConstraints()) {
            keys.row(
                    key.constraint(),
                    key.table(),
                    key.duplicates() == 0 ? "none" : Figures.count(key.duplicates()));
        }
        return keys;
    }

    private static Table sequences(VerifyReport report) {
        Table sequences = new Table("sequence", "column", ">next", ">reached", "result");
        for (SequenceResult sequence : report.sequences()) {
            sequences.row(
                    sequence.sequence(),
                    sequence.table() + "." + sequence.column(),
                    sequence.next(),
                    sequence.reached(),
                    sequence.behind() ? (sequence.pending() ? "not yet" : "behind") : "ahead");
        }
        return sequences;
    }

    private static List<String> notes(VerifyReport report) {
        List<String> notes = new ArrayList<>(report.notes());
        report.foreignKeys().stream()
                .filter(key -> key.orphans() > 0 && key.agrees())
                .forEach(
                        key ->
                                notes.add(
                                        orphans(key)
                                                + "; the new schema says NOT VALID, so that they"
                                                + " are no difference"));
        if (report.sequences().stream().anyMatch(it -> it.behind() && it.pending())) {
            notes.add("sequences that are not yet ahead of their columns are set by cutover");
        }
        if (!report.live()) {
            notes.add("the source was taken to be at rest: this is a static migration");
        }
        return notes;
    }

    @Override
    public @Nullable Failure failure(VerifyReport report) {
        if (report.agrees()) {
            return null;
        }
        String message =
                Stream.of(
                                report.tables().stream()
                                        .filter(it -> !it.agrees())
                                        .map(VerifyText::mismatch),
                                report.foreignKeys().stream()
                                        .filter(it -> !it.agrees())
                                        .map(VerifyText::orphans),
                                report.uniqueConstraints().stream()
                                        .filter(it -> it.duplicates() > 0)
                                        .map(VerifyText::duplicates),
                                report.sequences().stream()
                                        .filter(it -> !it.agrees())
                                        .map(VerifyText::behind))
                        .flatMap(Function.identity())
                        .collect(Collectors.joining("; "));
        return failure(report, message);
    }

    private Failure failure(VerifyReport report, String message) {
        if (report.tables().stream().anyMatch(it -> it.sourceRows() != it.targetRows())) {
            return new Failure(ErrorCode.ROW_COUNT_MISMATCH, message, mismatchHint(report));
        }
        if (report.tables().stream().anyMatch(it -> !it.agrees())) {
            return new Failure(ErrorCode.ROWS_DIFFER, message, mismatchHint(report));
        }
        if (report.foreignKeys().stream().anyMatch(it -> !it.agrees())) {
            return new Failure(ErrorCode.ORPHANED_ROWS, message, orphanHint());
        }
        return report.uniqueConstraints().stream().anyMatch(it -> it.duplicates() > 0)
                ? new Failure(
                        ErrorCode.DUPLICATE_ROWS,
                        message,
                        "If the source holds the same duplicates, mend them there; if not, the"
                                + " target was written to after migrate.")
                : new Failure(
                        ErrorCode.SEQUENCE_BEHIND,
                        message,
                        "Set it on the target with setval; was the target written to after"
                                + " migrate?");
    }

    private static String summary(VerifyReport report, Palette palette) {
        if (!report.agrees()) {
            return palette.bad("source and target differ");
        }
        long rows = report.tables().stream().mapToLong(TableResult::targetRows).sum();
        return palette.good("source and target agree")
                + ": "
                + Figures.count(report.tables().size(), "table")
                + ", "
                + Figures.count(rows, "row")
                + ", "
                + Figures.count(report.foreignKeys().size(), "foreign key");
    }

    private static String mismatch(TableResult table) {
        return table.sourceRows() == table.targetRows()
                ? "rows differ in " + table.target() + " (" + difference(table) + ")"
                : "row count mismatch in "
                        + table.target()
                        + ": source "
                        + Figures.count(table.sourceRows())
                        + ", target "
                        + Figures.count(table.targetRows())
                        + " ("
                        + difference(table)
                        + ")";
    }

    private static String result(TableResult table) {
        if (!table.agrees()) {
            return difference(table);
        }
        return table.repaired() == 0 ? "equal" : "repaired: " + difference(table);
    }

    private static String difference(TableResult table) {
        if (table.differing() == 0) {
            long missing = table.sourceRows() - table.targetRows();
            return missing > 0
                    ? Figures.count(missing) + " missing"
                    : Figures.count(-missing) + " too many";
        }
        return Stream.of(
                        part(table.missing(), "missing"),
                        part(table.unexpected(), "unexpected"),
                        part(table.different(), "different"))
                .flatMap(Function.identity())
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> part(long rows, String kind) {
        return rows == 0 ? Stream.empty() : Stream.of(Figures.count(rows) + " " + kind);
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

    private static String duplicates(Duplicates key) {
        return Figures.count(key.duplicates(), "row")
                + " of "
                + key.table()
                + " too many with the same key ("
                + key.constraint()
                + ")";
    }

    private static String behind(SequenceResult sequence) {
        return "sequence "
                + sequence.sequence()
                + " gives "
                + sequence.next()
                + " next, and "
                + sequence.table()
                + "."
                + sequence.column()
                + " has come to "
                + sequence.reached();
    }

    private String mismatchHint(VerifyReport report) {
        return report.live()
                ? "Was the target written to by somebody else? Repair it with "
                        + NextCommand.onTarget("verify", target)
                        + " --repair."
                : "Was the source or the target written to after migrate? A static migration"
                        + " copies one moment: stop the writers, then copy again with "
                        + NextCommand.onTarget("cleanup", target)
                        + ", setup and migrate --truncate-target.";
    }

    private String orphanHint() {
        return "If the source holds the same orphans, mend them there or leave that foreign key out"
                + " of the new schema; if not, the target was written to after migrate.";
    }
}
