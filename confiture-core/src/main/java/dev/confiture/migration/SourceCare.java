package dev.confiture.migration;

import dev.confiture.capture.SlotHealth;
import dev.confiture.capture.SourceLoad;
import dev.confiture.copy.Pacing;
import dev.confiture.copy.RateLimit;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.CopyPause;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the copy back for the source's sake: bytes a second, and a pause between chunks while a
 * standby lags, while too many sessions are at work, or while changes pile up that must be drained.
 * What is being copied goes on; capture goes on in any case.
 */
final class SourceCare implements Pacing, AutoCloseable {
    private static final Duration PACE = Duration.ofSeconds(1);

    private final MigrateRequest.Limits limits;
    private final long maxWal;
    private final Run run;
    private final StopSignal stop;
    private final RateLimit rate;
    private final @Nullable String slot;
    private final Session source;
    private final Session target;
    private final CopyPause pause;

    private long lastLook = System.nanoTime() - PACE.toNanos();
    private String paused = "";

    private SourceCare(
            Run run,
            MigrateRequest.Limits limits,
            long maxWal,
            @Nullable String slot,
            Resources resources) {
        this.run = run;
        this.limits = limits;
        this.maxWal = maxWal;
        this.slot = slot;
        this.stop = run.stop();
        this.rate = new RateLimit(limits.bytesPerSecond(), stop);
        this.source = resources.add(run.attachment().ends().source().open("care"));
        this.target = resources.add(run.attachment().ends().target().open("care"));
        this.pause = new CopyPause(run.ledger(), target);
    }

    /** Begins; of a live migration the slot is looked at, too. */
    static SourceCare of(Run run, MigrateRequest request) {
        Resources resources = new Resources();
        String slot =
                CaptureLedger.read(run.attachment().control())
                        .map(CaptureRecord::slot)
                        .orElse(null);
        try {
            return new SourceCare(run, request.limits(), request.maxWal(), slot, resources);
        } catch (RuntimeException failure) {
            resources.closeAfter(failure);
            throw failure;
        }
    }

    @Override
    public void moved(long bytes) {
        rate.moved(bytes);
    }

    @Override
    public void awaitTurn() {
        rate.settle();
        awaitSource();
    }

    /** One worker looks, the others wait for it. */
    private synchronized void awaitSource() {
        if (System.nanoTime() - lastLook < PACE.toNanos()) {
            return;
        }
        Optional<String> reason = reason();
        while (reason.isPresent()) {
            pauseFor(reason.get());
            stop.pause(PACE);
            reason = reason();
        }
        goOn();
        lastLook = System.nanoTime();
    }

    private Optional<String> reason() {
        SourceLoad load = SourceLoad.of(source);
        double most = limits.standbyLag().toMillis() / 1000.0;
        if (most > 0 && load.standbySeconds() > most) {
            return Optional.of("a standby of the source is behind");
        }
        if (limits.activeSessions() > 0 && load.activeSessions() > limits.activeSessions()) {
            return Optional.of("too many sessions of the source are at work");
        }
        if (slot != null
                && SlotHealth.of(source, slot).map(SlotHealth::retainedBytes).orElse(0L)
                        > maxWal / 2) {
            return Optional.of("the changes that wait take half of --max-wal");
        }
        return Optional.empty();
    }

    private void pauseFor(String reason) {
        if (!reason.equals(paused)) {
            run.listener().on(new ProgressEvent.Warning("the copy pauses: " + reason));
            pause.begin(reason);
            paused = reason;
        }
    }

    private void goOn() {
        if (!paused.isEmpty()) {
            run.listener().on(new ProgressEvent.Warning("the copy goes on"));
            pause.end();
            paused = "";
        }
    }

    @Override
    public void close() {
        try (source) {
            target.close();
        }
    }
}
