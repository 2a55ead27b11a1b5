package dev.confiture.migration;

import dev.confiture.capture.ReplicationSlot;
import dev.confiture.change.Lsn;
import dev.confiture.ledger.WayBackSchema;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.ServerIdentity;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the way back, while the application still writes to the old database, and begins it once it
 * is decided that the new one is written to. Whatever is made is noted in the old database before
 * it is there; its name follows from the old database itself.
 */
final class ReversePreparation {
    private ReversePreparation() {}

    /**
     * Makes the ledger's part in the old database, and publication and slot in the new one. Undone
     * or done again, it leaves nothing over.
     *
     * @param run forward
     * @param mapping of the way back
     */
    static void prepare(Run run, ResolvedMapping mapping) {
        try (Attachment back = run.attachment().mirrored()) {
            WayBackSchema.create(back.control());
            new CapturePreparation(run.mirrored(back), mapping).prepare();
        }
    }

    /**
     * From here on the new database's changes are carried back; may be said again.
     *
     * @param position in the new database's log, behind the last hop and before the application's
     *     first write
     */
    static void beginAt(Run run, Lsn position) {
        try (Attachment back = run.attachment().mirrored()) {
            run.mirrored(back).ledger().capture().beginAt(position);
        }
    }

    /** Takes back what was prepared, or what there is of it. */
    static void undo(Run run) {
        remove(run.attachment(), run.stop());
    }

    /** Takes the way back away, whatever has become of it; returns what was there, for people. */
    static List<String> remove(Attachment attachment, StopSignal stop) {
        List<String> removed = new ArrayList<>();
        try (Attachment back = attachment.mirrored();
                Session made = back.sourceAsOwner().open("cleanup")) {
            Session old = back.control();
            String name = ReplicationSlot.nameFor(ServerIdentity.of(old));
            removed.addAll(CapturePreparation.remove(name, made, "target", stop));
            if (WayBackSchema.exists(old)) {
                WayBackSchema.drop(old);
                removed.add("the record of the way back on the source");
            }
        }
        return removed;
    }
}
