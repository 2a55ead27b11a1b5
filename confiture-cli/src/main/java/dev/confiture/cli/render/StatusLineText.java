package dev.confiture.cli.render;

import dev.confiture.migration.StatusReport;
import dev.confiture.migration.StatusReport.Entry;
import java.util.List;

/** The report of {@code status} in one line, for {@code --watch} into a file. */
public final class StatusLineText implements Rendering<StatusReport> {
    @Override
    public void render(StatusReport report, Page page) {
        StringBuilder line = new StringBuilder(report.phase());
        line.append(report.running() ? ", running" : ", not running");
        List<Entry> entries = report.entries();
        if (!entries.isEmpty()) {
            long rows = entries.stream().mapToLong(Entry::rows).sum();
            long done = entries.stream().mapToLong(Entry::chunksDone).sum();
            long chunks = entries.stream().mapToLong(Entry::chunks).sum();
            line.append(", copied ").append(Figures.count(rows, "row"));
            line.append(" in ").append(done).append(" of ").append(Figures.count(chunks, "chunk"));
        }
        Double speed = report.rowsPerSecond();
        if (speed != null) {
            line.append(", ").append(Figures.rowsPerSecond(speed));
        }
        if (report.pause() != null) {
            line.append(", pauses: ").append(report.pause());
        }
        StatusReport.Live live = report.live();
        if (live != null) {
            line.append(", ").append(StatusText.changes(live));
        }
        StatusReport.LeftSide left = report.left();
        if (left != null) {
            line.append(", ").append(StatusText.knocks(left));
        }
        page.line(line.toString());
    }
}
