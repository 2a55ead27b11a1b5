package dev.confiture.migration;

import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.migration.Attachment.Catalogs;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;

/** What the phases of one run share. */
record Run(
        Attachment attachment,
        Catalogs catalogs,
        Ledger ledger,
        ProgressListener listener,
        StopSignal stop,
        StepClock clock) {
    /**
     * The same run the other way, with the part of the ledger that lies in the old database.
     *
     * @param mirrored this attachment, its ends swapped
     */
    Run mirrored(Attachment mirrored) {
        return new Run(
                mirrored,
                catalogs.swapped(),
                ledger.inOldDatabase(mirrored.control()),
                listener,
                stop,
                clock);
    }

    /** The same run, for a part of it that can be stopped by itself. */
    Run stoppedBy(StopSignal part) {
        return new Run(attachment, catalogs, ledger, listener, part, clock);
    }

    /** Whether what the application writes meanwhile is captured. */
    MigrationMode mode() {
        return ledger.read().mode();
    }
}
