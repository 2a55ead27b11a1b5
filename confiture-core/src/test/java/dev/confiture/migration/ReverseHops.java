package dev.confiture.migration;

import dev.confiture.Confiture;
import dev.confiture.change.Lsn;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.ledger.CaptureLedger.BothSides;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

/** Makes the way back without a cutover, and hops on it. */
public final class ReverseHops {
    private ReverseHops() {}

    /** Prepares the way back and begins it where the new database is now. */
    static void begin(Path folder, String target) {
        with(
                folder,
                target,
                (run, plan) -> {
                    NextCapture.prepare(run, Direction.BACK, plan.mapping());
                    String now =
                            run.attachment()
                                    .control()
                                    .queryOne(
                                            "SELECT pg_current_wal_insert_lsn()::text",
                                            row -> row.text(1));
                    NextCapture.beginAt(
                            run, Direction.BACK, Lsn.parse(now), BothSides.NOT_COMPARED);
                    run.ledger().advance(Phase.CUT_OVER);
                    return now;
                });
    }

    /** Makes so many hops back; returns what was seen at their ends. */
    static EqualAtBoundary run(Path folder, String target, int hops) {
        return with(
                folder,
                target,
                (run, plan) -> {
                    try (Attachment back = run.attachment().mirrored()) {
                        Run mirrored = run.mirrored(back);
                        EqualAtBoundary oracle =
                                new EqualAtBoundary(
                                        plan.mapping().derivations(), mirrored.catalogs().source());
                        try (LiveEngine engine =
                                LiveEngine.open(
                                        mirrored,
                                        plan.mapping(),
                                        CaptureStart.takeUp(mirrored, plan.mapping()),
                                        Confiture.DEFAULT_MAX_WAL)) {
                            while (oracle.looks() < hops) {
                                engine.hop(oracle);
                            }
                        }
                        return oracle;
                    }
                });
    }

    /** Takes the way back away. */
    static void undo(Path folder, String target) {
        with(
                folder,
                target,
                (run, plan) -> {
                    NextCapture.remove(run.attachment(), Direction.BACK, run.stop());
                    return plan;
                });
    }

    private static <T> T with(Path folder, String target, BiFunction<Run, WayBackPlan, T> work) {
        EnvironmentLoader environments = new EnvironmentLoader(folder, folder, Map.of());
        try (Attachment attachment = Attachment.to(environments, target, "test")) {
            ControllerLock.take(attachment.control());
            Attachment.Catalogs catalogs = attachment.catalogs();
            ResolvedMapping mapping = Mappings.stored(attachment, catalogs);
            Run run =
                    new Run(
                            attachment,
                            catalogs,
                            Ledger.takeOver(attachment.control()),
                            ProgressListener.SILENT,
                            new StopSignal(),
                            new StepClock(ProgressListener.SILENT));
            return work.apply(run, Mappings.wayBack(mapping, attachment, catalogs));
        }
    }
}
