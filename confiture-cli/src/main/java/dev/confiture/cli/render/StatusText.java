package dev.confiture.cli.render;

import dev.confiture.migration.StatusReport;
import dev.confiture.migration.StatusReport.Entry;

/** The report of {@code status}. */
public final class StatusText implements Rendering<StatusReport> {
    /** A hop's or a small chunk's snapshot is gone sooner. */
    private static final double WORTH_SAYING_SECONDS = 1;

    private final String target;

    /**
     * @param target the target as the user named it, for the command that ends what was interrupted
     */
    public StatusText(String target) {
        this.target = target;
    }

    @Override
    public void render(StatusReport report, Page page) {
        page.line(
                report.mode()
                        + " migration, phase "
                        + page.palette().strong(report.phase())
                        + " since "
                        + report.since()
                        + (report.running() ? ", running now" : ", not running"));
        page.line(Page.printable("source " + report.source()));
        page.line(Page.printable("target " + report.target()));
        StatusReport.Live live = report.live();
        if (live != null) {
            page.line(changes(live));
        }
        if (report.pause() != null) {
            page.line("the copy pauses: " + report.pause());
        }
        StatusReport.Switchover switchover = report.switchover();
        if (switchover != null) {
            page.line(switchover(switchover));
        }
        StatusReport.LeftSide gone = report.left();
        if (gone != null) {
            page.line(knocks(gone));
            page.table("Connected to the " + gone.side() + " still", visitors(gone));
        }
        page.table("Copy", entries(report));
        page.list("Taken off the target's tables and not back yet", report.pendingObjects());
        if (switchover != null) {
            page.table("Steps of the " + switchover.command(), steps(switchover));
        }
        Double speed = report.rowsPerSecond();
        if (speed != null) {
            Double seconds = report.secondsLeft();
            String left = seconds == null ? "" : ", about " + Figures.duration(seconds) + " left";
            page.blank().line(Figures.rowsPerSecond(speed) + left);
        }
    }

    static String changes(StatusReport.Live live) {
        StringBuilder text =
                new StringBuilder(live.written().equals("source") ? "changes" : "way back");
        Double seconds = live.secondsBehind();
        text.append(
                seconds == null
                        ? ": captured, nothing is applied yet"
                        : ": " + Figures.duration(seconds) + " behind");
        Long bytes = live.bytesBehind();
        if (bytes != null) {
            text.append(", ").append(Figures.bytes(bytes)).append(" of WAL to work off");
        }
        Long retained = live.walRetainedBytes();
        if (retained != null) {
            text.append("; slot ")
                    .append(live.slot())
                    .append(" (")
                    .append(live.slotState())
                    .append(") holds ")
                    .append(Figures.bytes(retained))
                    .append(" on the ")
                    .append(live.written());
        }
        if ("gone".equals(live.slotState())) {
            text.append("; slot ")
                    .append(live.slot())
                    .append(" is gone from the ")
                    .append(live.written())
                    .append(", and with it what was changed since");
        }
        Double snapshot = live.oldestSnapshotSeconds();
        if (snapshot != null && snapshot >= WORTH_SAYING_SECONDS) {
            text.append("; our oldest snapshot there is ")
                    .append(Figures.duration(snapshot))
                    .append(" old");
        }
        return text.toString();
    }

    private String switchover(StatusReport.Switchover last) {
        Double pause = last.pauseMilliseconds();
        return switch (last.state()) {
            case "done" ->
                    last.command()
                            + " done, decided at "
                            + last.decided()
                            + (pause == null
                                    ? ""
                                    : ", writers waited for " + Figures.milliseconds(pause));
            case "undone" ->
                    "the last "
                            + last.command()
                            + ", begun at "
                            + last.began()
                            + ", was given up and undone";
            case "under way" -> last.command() + " under way since " + last.began();
            default ->
                    last.command()
                            + " interrupted, begun at "
                            + last.began()
                            + ": `"
                            + NextCommand.onTarget(last.command(), target)
                            + " --dry-run` ends it";
        };
    }

    private static Table steps(StatusReport.Switchover last) {
        Table table = new Table("step", ">time");
        last.steps()
                .forEach(step -> table.row(step.name(), Figures.milliseconds(step.milliseconds())));
        return table;
    }

    static String knocks(StatusReport.LeftSide left) {
        String lastAt = left.knocks().lastAt();
        return "writes refused by the "
                + left.side()
                + ": "
                + Figures.count(left.knocks().refused())
                + (lastAt == null ? "" : ", the last at " + lastAt);
    }

    private static Table visitors(StatusReport.LeftSide left) {
        Table table = new Table("user", "application", ">sessions");
        left.knocks()
                .visitors()
                .forEach(
                        visitor ->
                                table.row(
                                        visitor.user(),
                                        visitor.application(),
                                        Figures.count(visitor.sessions())));
        return table;
    }

    private static Table entries(StatusReport report) {
        Table table =
                new Table(
                        "entry",
                        "source",
                        "target",
                        "strategy",
                        "state",
                        ">rows",
                        ">of",
                        ">chunks");
        for (Entry entry : report.entries()) {
            table.row(
                    entry.entry(),
                    entry.source(),
                    entry.target(),
                    entry.strategy(),
                    entry.state(),
                    Figures.count(entry.rows()),
                    expected(entry),
                    Figures.count(entry.chunksDone()) + " of " + Figures.count(entry.chunks()));
        }
        return table;
    }

    /** Only while it says more than the rows that are there. */
    private static String expected(Entry entry) {
        boolean telling = !entry.state().equals("copied") && entry.estimatedRows() >= 0;
        return telling ? "about " + Figures.count(entry.estimatedRows()) : "";
    }
}
