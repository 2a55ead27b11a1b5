package dev.confiture.cli.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last line of a terminal, rewritten in place, and finished lines above it. Thread-safe: the
 * bar draws from a thread of its own.
 */
final class StatusLine implements ProgressBarConsumer {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream stream;
    private final int width;
    private String shown = "";

    StatusLine(PrintStream stream, int width) {
        this.stream = stream;
        this.width = width;
    }

    /** Replaces the last line; an empty text erases it. */
    synchronized void show(String text) {
        String fitting = text.length() < width ? text : text.substring(0, Math.max(0, width - 1));
        if (!fitting.equals(shown)) {
            shown = fitting;
            stream.print(ERASE + fitting);
            stream.flush();
        }
    }

    /** A line that stays, above the last line. */
    synchronized void print(String line) {
        stream.print(ERASE + line + "\n" + shown);
        stream.flush();
    }

    @Override
    public int getMaxRenderedLength() {
        return width - 1;
    }

    @Override
    public void accept(String rendered) {
        show(rendered);
    }

    @Override
    public void clear() {
        show("");
    }

    @Override
    public void close() {
        show("");
    }
}
