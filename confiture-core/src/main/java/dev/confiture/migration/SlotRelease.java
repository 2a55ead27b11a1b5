package dev.confiture.migration;

import dev.confiture.capture.ReplicationSlot;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;

/** Drops our slot when it endangers the source; nothing else does so before cleanup. */
final class SlotRelease {
    private SlotRelease() {}

    /** Returns the failure, after what it calls for was done. The engine is closed by then. */
    static ConfitureException after(
            ConfitureException failure, Attachment attachment, CaptureRecord capture) {
        if (failure.code() == ErrorCode.WAL_BUDGET_SPENT) {
            try (Session source = attachment.sourceAsOwner().open("release")) {
                new ReplicationSlot(capture.slot()).drop(source, new StopSignal());
            } catch (RuntimeException second) {
                failure.addSuppressed(second);
            }
        }
        return failure;
    }
}
