package dev.confiture.migration;

import dev.confiture.copy.ObjectRestoration.Violation;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.progress.ProgressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The phases of a live migration, until the target has caught up with the source. Changes are
 * captured from before the first row is copied; between any two steps the run may be killed.
 */
final class LivePhases {
    /** A target that is behind by less than this has caught up; cutover makes up for the rest. */
    private static final Duration CAUGHT_UP = Duration.ofSeconds(1);

    private final Run run;
    private final Ledger ledger;
    private final ResolvedMapping mapping;
    private final MigrateRequest request;
    private final List<String> remarks = new ArrayList<>();

    LivePhases(Run run, ResolvedMapping mapping, MigrateRequest request) {
        this.run = run;
        this.ledger = run.ledger();
        this.mapping = mapping;
        this.request = request;
    }

    /** Runs what is left to do; returns what the user should know. */
    List<String> run() {
        CaptureRecord capture =
                run.clock().time("capture changes", () -> CaptureStart.ensure(run, mapping));
        try (LiveEngine engine = LiveEngine.atRest(run, mapping, capture, request.maxWal())) {
            copy(engine);
            engine.takeIn();
            while (ledger.read().phase() != Phase.FOLLOWING) {
                run.stop().check();
                step(engine, ledger.read().phase());
            }
            remarks.add(run.clock().time("catch up", () -> catchUp(engine)));
        } catch (ConfitureException failure) {
            throw SlotRelease.after(failure, run.attachment(), capture);
        }
        return List.copyOf(remarks);
    }

    private void copy(LiveEngine engine) {
        if (ledger.read().phase() == Phase.SET_UP) {
            ledger.advance(Phase.COPYING);
        }
        if (ledger.read().phase() == Phase.COPYING) {
            engine.leaveChangesDuring(() -> new CopyPhase(run).run(mapping.derivations(), request));
        }
    }

    private void step(LiveEngine engine, Phase phase) {
        switch (phase) {
            case FINISHING -> finish(engine, new FinishPhase(run));
            case COPIED -> {
                catchUp(engine);
                ledger.advance(Phase.FOLLOWING);
            }
            case SET_UP, COPYING, FOLLOWING, CUT_OVER ->
                    throw new IllegalStateException("not reached");
        }
    }

    /**
     * The first hop makes one moment out of the many at which the chunks were read; only then do
     * unique indexes and foreign keys hold.
     */
    private void finish(LiveEngine engine, FinishPhase finish) {
        StepClock clock = run.clock();
        clock.time("first hop", () -> engine.firstHop());
        clock.time("rebuild indexes", () -> engine.keepChangesDuring(finish::rebuildIndexes));
        clock.time("second hop", () -> engine.hop());
        if (engine.triggers() == TriggerSilence.REPLICA_ROLE) {
            clock.time(
                    "add foreign keys",
                    () -> engine.keepChangesDuring(() -> finish.addForeignKeys(Violation.FAILS)));
            clock.time("enable triggers", finish::enableSilentTriggers);
        } else {
            remarks.add(
                    "foreign keys and triggers of the target stay off until cutover, since its role"
                            + " may not SET session_replication_role");
        }
        clock.time("set sequences", () -> finish.setSequences(mapping));
        clock.time("analyze", () -> engine.keepChangesDuring(finish::analyze));
        ledger.advance(Phase.COPIED);
    }

    private String catchUp(LiveEngine engine) {
        HopReport hop = engine.hop();
        while (hop.lag().compareTo(CAUGHT_UP) > 0) {
            run.listener().on(new ProgressEvent.Detail("hop: " + hop.display()));
            hop = engine.hop();
        }
        return "the target has caught up with the source: "
                + String.format(Locale.ROOT, "%.2f s", hop.lag().toMillis() / 1000.0)
                + " behind when this run ended; `confiture s2s follow` keeps it in step";
    }
}
