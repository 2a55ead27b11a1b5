package dev.confiture.migration;

import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.ledger.Ledger;
import dev.confiture.migration.Attachment.Catalogs;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.verify.Verification;
import dev.confiture.verify.VerifyReport;
import java.util.List;

/** Compares what was migrated with what the mapping says of the source as it is now. */
public final class VerifyPhase {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;

    public VerifyPhase(EnvironmentLoader environments, ProgressListener listener, StopSignal stop) {
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Reads both sides.
     *
     * @param tables entries or target tables; empty means all
     */
    public VerifyReport run(String targetReference, List<String> tables) {
        try (Attachment attachment = Attachment.to(environments, targetReference, "verify")) {
            Catalogs catalogs = attachment.catalogs();
            return new Verification(
                            attachment.ends().source(), attachment.ends().target(), listener, stop)
                    .run(
                            Mappings.stored(attachment, catalogs),
                            catalogs.source(),
                            catalogs.target(),
                            tables,
                            Ledger.removedObjects(attachment.control()));
        }
    }
}
