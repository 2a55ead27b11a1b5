package dev.confiture.cli.progress;

import dev.confiture.cli.render.Figures;
import dev.confiture.cli.render.Page;
import dev.confiture.cli.render.Palette;
import dev.confiture.progress.ProgressEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A terminal: a bar over all entries while rows are copied, and a line for each finished step. */
public final class BarDisplay implements Display {
    private static final int REDRAW_MILLISECONDS = 250;
    private static final int BAR_WIDTH = 24;

    private final Palette palette;
    private final StatusLine statusLine;
    private CopyFigures figures = new CopyFigures(System::nanoTime);
    private @Nullable ProgressBar bar;

    /**
     * @param width the columns of the terminal
     */
    public BarDisplay(PrintStream stream, Palette palette, int width) {
        this.palette = palette;
        this.statusLine = new StatusLine(stream, width);
    }

    @Override
    public synchronized void on(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.StepStarted(String step) -> detail(step + " …");
            case ProgressEvent.StepFinished(String step, Duration took) -> {
                closeBar();
                statusLine.show("");
                print(palette.good("✓") + " ", step + ": " + Figures.duration(took));
            }
            case ProgressEvent.EntryStarted started -> {
                figures.started(started);
                openBar();
            }
            case ProgressEvent.ChunkCopied copied -> figures.copied(copied);
            case ProgressEvent.EntryFinished finished -> {
                figures.finished(finished);
                print(palette.good("✓") + " ", LineDisplay.sentence(finished));
                if (figures.allFinished()) {
                    closeBar();
                }
            }
            case ProgressEvent.Detail(String text) -> detail(text);
            case ProgressEvent.Warning(String text) ->
                    statusLine.print(WarningDisplay.line(text, palette));
        }
    }

    @Override
    public synchronized void close() {
        closeBar();
        statusLine.show("");
    }

    private void print(String mark, String line) {
        statusLine.print(mark + Page.printable(line));
    }

    /** The bar has the line to itself. */
    private void detail(String text) {
        if (bar == null) {
            statusLine.show(Page.printable(text));
        }
    }

    private void openBar() {
        if (bar == null) {
            bar =
                    new ProgressBarBuilder()
                            .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
                            .setRenderer((_, _) -> render(figures))
                            .setConsumer(statusLine)
                            .clearDisplayOnFinish()
                            .build();
        }
    }

    private void closeBar() {
        if (bar != null) {
            bar.close();
            bar = null;
            figures = new CopyFigures(System::nanoTime);
        }
    }

    static String render(CopyFigures figures) {
        OptionalLong expected = figures.rowsExpected();
        if (expected.isEmpty()) {
            return "copying  " + figures.sentence();
        }
        long all = Math.max(1, expected.getAsLong());
        long done = Math.min(all, figures.rowsDone());
        int filled = Math.toIntExact(BAR_WIDTH * done / all);
        return "copying ["
                + "=".repeat(filled)
                + (filled < BAR_WIDTH ? ">" + " ".repeat(BAR_WIDTH - filled - 1) : "")
                + "] "
                + 100 * done / all
                + "%  "
                + figures.sentence();
    }
}
