package dev.confiture.cli.progress;

import dev.confiture.cli.render.Figures;
import dev.confiture.cli.render.Page;
import dev.confiture.cli.render.Palette;
import dev.confiture.progress.ProgressEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Plain lines for logs: one when something is finished, and one now and then in between. */
public final class LineDisplay implements Display {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PrintStream stream;
    private final Palette palette;
    private final Details details;
    private final LongSupplier nanoseconds;
    private final CopyFigures figures;
    private long lastLineAt;

    /** What happens to the work on single objects. */
    public enum Details {
        /** Each has a line. */
        ALL,
        /** One has a line when there was none for a while. */
        NOW_AND_THEN
    }

    public LineDisplay(
            PrintStream stream, Palette palette, Details details, LongSupplier nanoseconds) {
        this.stream = stream;
        this.palette = palette;
        this.details = details;
        this.nanoseconds = nanoseconds;
        this.figures = new CopyFigures(nanoseconds);
        this.lastLineAt = nanoseconds.getAsLong();
    }

    @Override
    public synchronized void on(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.StepStarted(String step) -> detail(step + " …");
            case ProgressEvent.StepFinished(String step, Duration took) ->
                    print(step + ": " + Figures.duration(took));
            case ProgressEvent.EntryStarted started -> figures.started(started);
            case ProgressEvent.ChunkCopied copied -> {
                figures.copied(copied);
                if (isQuietForLong()) {
                    print("copying: " + figures.sentence());
                }
            }
            case ProgressEvent.EntryFinished finished -> {
                figures.finished(finished);
                print(sentence(finished));
            }
            case ProgressEvent.Detail(String text) -> detail(text);
            case ProgressEvent.Warning(String text) -> {
                stream.println(WarningDisplay.line(text, palette));
                stream.flush();
            }
        }
    }

    @Override
    public void close() {}

    static String sentence(ProgressEvent.EntryFinished finished) {
        return "copied "
                + finished.entry()
                + ": "
                + Figures.count(finished.rows(), "row")
                + " in "
                + Figures.duration(finished.took());
    }

    private void detail(String text) {
        if (details == Details.ALL || isQuietForLong()) {
            print(text);
        }
    }

    private boolean isQuietForLong() {
        return nanoseconds.getAsLong() - lastLineAt >= PAUSE.toNanos();
    }

    private void print(String line) {
        stream.println(Page.printable(line));
        stream.flush();
        lastLineAt = nanoseconds.getAsLong();
    }
}
