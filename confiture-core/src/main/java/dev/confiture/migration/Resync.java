package dev.confiture.migration;

import dev.confiture.capture.ReplicationSlot;
import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.copy.TargetTables;
import dev.confiture.hop.KeyIndexes;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import java.util.List;
import java.util.Optional;

/**
 * Gives up all that was copied, and the slot that can no longer be trusted. The mapping, the link
 * and what the ledger knows of objects that were taken off the target stay.
 */
final class Resync {
    private Resync() {}

    static void run(Attachment attachment, Catalog target, Ledger ledger, StopSignal stop) {
        CaptureLedger.read(attachment.control())
                .ifPresent(capture -> dropSlot(attachment, capture.slot(), stop));
        Session control = attachment.control();
        control.inTransaction(
                () -> {
                    // With the rows, or not at all: a capture that begins anew behind rows that
                    // stay would miss what happened in between.
                    ledger.capture().forget();
                    List<EntryRecord> entries = ledger.entries();
                    KeyIndexes.dropFrom(
                            control, entries.stream().map(EntryRecord::target).toList());
                    TargetTables.truncate(control, tables(entries, target));
                    entries.forEach(ledger.copy()::startOver);
                    if (ledger.read().phase() != Phase.SET_UP
                            && ledger.read().phase() != Phase.COPYING) {
                        ledger.advance(Phase.COPYING);
                    }
                    return entries;
                });
    }

    private static List<Table> tables(List<EntryRecord> entries, Catalog target) {
        return entries.stream()
                .map(EntryRecord::target)
                .distinct()
                .map(target::table)
                .flatMap(Optional::stream)
                .toList();
    }

    private static void dropSlot(Attachment attachment, String slot, StopSignal stop) {
        try (Session source = attachment.sourceAsOwner().open("resync")) {
            new ReplicationSlot(slot).drop(source, stop);
        }
    }
}
