package dev.confiture.migration;

import dev.confiture.capture.Publication;
import dev.confiture.capture.ReadableSlot;
import dev.confiture.capture.ReplicationSlot;
import dev.confiture.capture.SourceTimeline;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.Lsn;
import dev.confiture.identity.CaptureTables;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture of the side that the application is about to write to, made while it does not yet: its
 * changes count from a position on that a decision will name. No row is copied, for both sides are
 * alike at that position.
 */
final class CapturePreparation {
    /** How long transactions of the side that nobody uses yet are waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Run run;
    private final String name;
    private final List<CapturedTable> tables;

    /**
     * Of a run.
     *
     * @param run its source is the side to be captured
     * @param name of the publication and of the slot
     * @param mapping what its hops will carry
     */
    CapturePreparation(Run run, String name, ResolvedMapping mapping) {
        this.run = run;
        this.name = name;
        this.tables = CaptureTables.of(mapping.derivations());
    }

    /** Makes publication and slot, anew if an earlier try has left some. */
    void prepare() {
        CaptureLedger ledger = run.ledger().capture();
        // What is about to be made is known before it is there, so that cleanup finds it.
        ledger.announce(name, name, tables);
        Database owner = run.attachment().sourceAsOwner();
        try (Session source = owner.open("capture")) {
            Publication publication = new Publication(name, tables);
            String form = publication.create(source, PATIENCE, run.listener(), run.stop());
            ReplicationSlot slot = new ReplicationSlot(name);
            Lsn start =
                    new ReadableSlot(slot, owner, source, run.listener(), run.stop())
                            .make(PATIENCE);
            run.listener().on(new ProgressEvent.Detail("slot " + name + " begins at " + start));
            ledger.prepare(
                    SourceTimeline.of(source), form, SchemaWatch.look(source, tables).tables());
        }
    }

    /** Drops slot and publication of a name; returns what was there, for people. */
    static List<String> remove(String name, Session source, String where, StopSignal stop) {
        List<String> removed = new ArrayList<>();
        if (new ReplicationSlot(name).drop(source, stop)) {
            removed.add("replication slot " + name + " on the " + where);
        }
        if (new Publication(name, List.of()).drop(source)) {
            removed.add("publication " + name + " on the " + where);
        }
        return removed;
    }
}
