package dev.confiture.verify;

import dev.confiture.ledger.VerifyLedger.Progress;
import dev.confiture.postgres.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares one target table chunk by chunk, each step at a moment of its own. */
public final class TableWalk {
    private static final long FIRST_CHUNK = 2_000;
    private static final long LARGEST_CHUNK = 1_000_000;

    /** A chunk that takes longer is followed by a smaller one: a hop waits for it. */
    private static final Duration AT_A_BOUNDARY = Duration.ofMillis(300);

    /** Nobody waits for a chunk of a source that rests, and each costs a look for its end. */
    private static final Duration AT_REST = Duration.ofSeconds(3);

    private final ComparedTable table;
    private final Optional<KeyRanges> ranges;
    private final Thoroughness thoroughness;
    private final Differences differences = new Differences();
    private Progress progress;
    private long chunkRows = FIRST_CHUNK;

    /**
     * @param progress how far an earlier walk came
     */
    public TableWalk(ComparedTable table, Thoroughness thoroughness, Progress progress) {
        this.table = table;
        this.ranges = KeyRanges.of(table);
        this.thoroughness = thoroughness;
        this.progress = progress;
    }

    /** From the beginning. */
    public TableWalk(ComparedTable table, Thoroughness thoroughness) {
        this(table, thoroughness, new Progress(null, false, 0, 0, 0));
    }

    /** Compares the next chunk; returns how many rows of the target it has. */
    public long step(SliceComparison comparison, Session target) {
        if (thoroughness.countsOnly()) {
            return end(comparison.count(table));
        }
        long began = System.nanoTime();
        List<String> end =
                ranges.map(it -> it.end(comparison, target, progress.reached(), chunkRows))
                        .orElse(null);
        if (end == null && progress.chunks() == 0) {
            return end(comparison.everything(table, differences));
        }
        return step(ranges.orElseThrow(), end, comparison, began);
    }

    private long end(SliceComparison.Compared all) {
        progress = advanced(null, all);
        return all.stored();
    }

    private long step(
            KeyRanges cut, @Nullable List<String> end, SliceComparison comparison, long began) {
        if (!thoroughness.takes(progress.chunks())) {
            progress = advanced(end, new SliceComparison.Compared(0, 0));
            return 0;
        }
        Differences found = new Differences();
        Slice slice = cut.slice(progress.reached(), end);
        SliceComparison.Compared compared =
                cut.dependOnCollations()
                        ? comparison.onlyLook(table, slice, found)
                        : comparison.some(table, slice, found);
        if (!found.isEmpty() && cut.dependOnCollations()) {
            return compareAtOnce(comparison);
        }
        differences.add(found);
        adjustChunks(System.nanoTime() - began, chunkTime(comparison));
        progress = advanced(end, compared);
        return compared.stored();
    }

    /** The two servers may sort texts differently; then only all rows together can tell. */
    private long compareAtOnce(SliceComparison comparison) {
        SliceComparison.Compared all = comparison.everything(table, differences);
        long before = progress.targetRows();
        progress = new Progress(null, true, all.wanted(), all.stored(), progress.chunks() + 1);
        return all.stored() - before;
    }

    private Progress advanced(@Nullable List<String> end, SliceComparison.Compared compared) {
        return new Progress(
                end,
                end == null,
                progress.sourceRows() + compared.wanted(),
                progress.targetRows() + compared.stored(),
                progress.chunks() + 1);
    }

    /** A sample is spread over many chunks, so they stay small. */
    private Duration chunkTime(SliceComparison comparison) {
        return comparison.isAtRest() && thoroughness.isComplete() ? AT_REST : AT_A_BOUNDARY;
    }

    private void adjustChunks(long nanos, Duration wanted) {
        double factor = (double) wanted.toNanos() / Math.max(1, nanos);
        long adjusted = (long) (chunkRows * Math.clamp(factor, 0.25, 4.0));
        chunkRows = Math.clamp(adjusted, 100, LARGEST_CHUNK);
    }

    public boolean isDone() {
        return progress.done();
    }

    public ComparedTable table() {
        return table;
    }

    public Progress progress() {
        return progress;
    }

    public Differences differences() {
        return differences;
    }

    /**
     * What is reported of the table.
     *
     * @param onDifference what was done about rows that differed
     */
    public VerifyReport.TableResult result(OnDifference onDifference) {
        return new VerifyReport.TableResult(
                table.target().name().display(),
                table.entries().stream().map(entry -> entry.entry()).toList(),
                progress.sourceRows(),
                progress.targetRows(),
                progress.chunks(),
                differences.count(RowDifference.Kind.MISSING),
                differences.count(RowDifference.Kind.UNEXPECTED),
                differences.count(RowDifference.Kind.DIFFERENT),
                onDifference == OnDifference.REPAIR ? differences.count() : 0,
                differences.rows());
    }
}
