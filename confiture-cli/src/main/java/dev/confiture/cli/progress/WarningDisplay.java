package dev.confiture.cli.progress;

import dev.confiture.cli.render.Page;
import dev.confiture.cli.render.Palette;
import dev.confiture.progress.ProgressEvent;
import java.io.PrintStream;

/** Warnings and nothing else. */
public final class WarningDisplay implements Display {
    private final PrintStream stream;
    private final Palette palette;

    public WarningDisplay(PrintStream stream, Palette palette) {
        this.stream = stream;
        this.palette = palette;
    }

    @Override
    public synchronized void on(ProgressEvent event) {
        if (event instanceof ProgressEvent.Warning(String text)) {
            stream.println(line(text, palette));
            stream.flush();
        }
    }

    @Override
    public void close() {}

    static String line(String warning, Palette palette) {
        return palette.doubtful("warning:") + " " + Page.printable(warning);
    }
}
