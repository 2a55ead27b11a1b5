package dev.confiture.verify;

import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells now and then how far a verify has come, how fast it is, and when it will be done. */
public final class VerifyProgress {
    private static final Duration PACE = Duration.ofMillis(500);

    private final long expected;
    private final ProgressListener listener;
    private final long beganAt = System.nanoTime();
    private long toldAt = beganAt;
    private long rows;

    public VerifyProgress(List<ComparedTable> tables, ProgressListener listener) {
        this.expected =
                tables.stream().mapToLong(it -> Math.max(0, it.target().estimatedRows())).sum();
        this.listener = listener;
    }

    /** More rows of a table are compared. */
    public void compared(ComparedTable table, long more) {
        rows += more;
        long now = System.nanoTime();
        if (now - toldAt >= PACE.toNanos()) {
            toldAt = now;
            listener.on(
                    new ProgressEvent.Detail(
                            "verify "
                                    + table.target().name().display()
                                    + ": "
                                    + sentence((now - beganAt) / 1e9)));
        }
    }

    /** All rows are compared. */
    public void finished() {
        listener.on(
                new ProgressEvent.Detail(
                        "compared " + sentence((System.nanoTime() - beganAt) / 1e9)));
    }

    private String sentence(double seconds) {
        double speed = rows / Math.max(seconds, 0.001);
        String text = String.format(Locale.ROOT, "%,d rows, %,.0f rows/s", rows, speed);
        return rows == 0 || expected <= rows
                ? text
                : String.format(
                        Locale.ROOT,
                        "%s of about %,d, about %.0f s left",
                        text,
                        expected,
                        (expected - rows) / speed);
    }
}
