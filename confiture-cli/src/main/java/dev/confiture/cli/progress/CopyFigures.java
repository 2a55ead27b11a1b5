package dev.confiture.cli.progress;

import dev.confiture.cli.render.Figures;
import dev.confiture.progress.ProgressEvent.ChunkCopied;
import dev.confiture.progress.ProgressEvent.EntryFinished;
import dev.confiture.progress.ProgressEvent.EntryStarted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Adds up the copy of all entries that have begun. Thread-safe. */
final class CopyFigures {
    private static final class Entry {
        private final long expected;
        private long done;
        private boolean finished;

        private Entry(long done, long expected) {
            this.done = done;
            this.expected = expected;
        }
    }

    private final LongSupplier nanoseconds;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long rowsOfThisRun;
    private long beganAt;

    CopyFigures(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    synchronized void started(EntryStarted event) {
        if (entries.isEmpty()) {
            beganAt = nanoseconds.getAsLong();
        }
        entries.put(event.entry(), new Entry(event.rowsDone(), event.rowsExpected()));
    }

    synchronized void copied(ChunkCopied event) {
        rowsOfThisRun += event.rows();
        entries.computeIfAbsent(event.entry(), _ -> new Entry(0, -1)).done += event.rows();
    }

    synchronized void finished(EntryFinished event) {
        Entry entry = entries.computeIfAbsent(event.entry(), _ -> new Entry(0, -1));
        entry.done = event.rows();
        entry.finished = true;
    }

    synchronized boolean allFinished() {
        return entries.values().stream().allMatch(entry -> entry.finished);
    }

    synchronized long rowsDone() {
        return entries.values().stream().mapToLong(entry -> entry.done).sum();
    }

    /**
     * How many rows there will be; empty while an entry has no estimate. An estimate that turns out
     * too low is raised to what is there.
     */
    synchronized OptionalLong rowsExpected() {
        long sum = 0;
        for (Entry entry : entries.values()) {
            if (!entry.finished && entry.expected < 0) {
                return OptionalLong.empty();
            }
            sum += entry.finished ? entry.done : Math.max(entry.done, entry.expected);
        }
        return OptionalLong.of(sum);
    }

    /** For example {@code 450,000 of about 1,000,000 rows, 120,000 rows/s, about 5 s left}. */
    synchronized String sentence() {
        long done = rowsDone();
        OptionalLong expected = rowsExpected();
        StringBuilder text = new StringBuilder(Figures.count(done));
        expected.ifPresent(all -> text.append(" of about ").append(Figures.count(all)));
        text.append(" rows");
        double seconds = (nanoseconds.getAsLong() - beganAt) / 1e9;
        if (rowsOfThisRun > 0 && seconds > 0) {
            double speed = rowsOfThisRun / seconds;
            text.append(", ").append(Figures.rowsPerSecond(speed));
            if (expected.isPresent() && expected.getAsLong() > done) {
                double left = (expected.getAsLong() - done) / speed;
                text.append(", about ").append(Figures.duration(left)).append(" left");
            }
        }
        return text.toString();
    }
}
