package dev.confiture.migration;

import dev.confiture.Confiture;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.ledger.Ledger;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.nio.file.Path;
import java.util.Map;

/** Takes up a live migration and hops, with a look at both sides at the end of each hop. */
public final class LiveHops {
    private LiveHops() {}

    /**
     * Makes so many hops.
     *
     * @return what was seen
     */
    static EqualAtBoundary run(Path folder, String target, int hops) {
        EnvironmentLoader environments = new EnvironmentLoader(folder, folder, Map.of());
        try (Attachment attachment = Attachment.to(environments, target, "test")) {
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
            EqualAtBoundary oracle = new EqualAtBoundary(mapping.derivations(), catalogs.source());
            try (LiveEngine engine =
                    LiveEngine.open(
                            run,
                            mapping,
                            CaptureStart.ensure(run, mapping),
                            Confiture.DEFAULT_MAX_WAL)) {
                while (oracle.looks() < hops) {
                    engine.hop(oracle);
                }
            }
            return oracle;
        }
    }
}
