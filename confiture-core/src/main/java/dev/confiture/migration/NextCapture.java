package dev.confiture.migration;

import dev.confiture.change.Lsn;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureLedger.BothSides;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.OldSchema;
import dev.confiture.ledger.WayBackSchema;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The capture of the side that the application is about to go to, from which the hops of the
 * opposite direction live. It is made while nobody writes there yet, and begins once it is decided.
 * Whatever is made is noted before it is there, and its name follows from that of the migration.
 */
final class NextCapture {
    private NextCapture() {}

    /**
     * Makes the ledger's part for those hops, publication and slot. Undone or done again, it leaves
     * nothing over.
     *
     * @param run forward
     * @param hops in which direction it will feed them
     * @param mapping of these hops
     */
    static void prepare(Run run, Direction hops, ResolvedMapping mapping) {
        if (hops == Direction.BACK) {
            try (Attachment back = run.attachment().mirrored()) {
                WayBackSchema.create(back.control(), Sides.oldSchema(run.attachment()));
            }
        }
        String name = name(run.attachment(), hops);
        inDirection(run, hops, there -> new CapturePreparation(there, name, mapping).prepare());
    }

    /**
     * Of the migration, not of the database that is fed: several migrations may lead from one
     * source into databases of one server, where every slot has a name of its own.
     */
    private static String name(Attachment attachment, Direction hops) {
        String migration = Sides.oldSchema(attachment).migration();
        return hops == Direction.FORWARD ? migration : backName(migration);
    }

    private static String backName(String migration) {
        return migration + "_back";
    }

    /**
     * From here on the changes are carried over; may be said again.
     *
     * @param position in the log of the side that is captured, behind the last hop and before the
     *     application's first write
     * @param sides what is known of them there
     */
    static void beginAt(Run run, Direction hops, Lsn position, BothSides sides) {
        inDirection(run, hops, there -> there.ledger().capture().beginAt(position, sides));
    }

    private static void inDirection(Run run, Direction hops, Consumer<Run> work) {
        if (hops == Direction.FORWARD) {
            work.accept(run);
            return;
        }
        try (Attachment back = run.attachment().mirrored()) {
            work.accept(run.mirrored(back));
        }
    }

    /** Takes the capture away, whatever has become of it; returns what was there, for people. */
    static List<String> remove(Attachment attachment, Direction hops, StopSignal stop) {
        return hops == Direction.FORWARD ? remove(attachment, stop) : removeBack(attachment, stop);
    }

    private static List<String> remove(Attachment attachment, StopSignal stop) {
        return CaptureLedger.read(attachment.control())
                .map(
                        capture -> {
                            try (Session old = attachment.sourceAsOwner().open("capture")) {
                                return CapturePreparation.remove(
                                        capture.slot(), old, "source", stop);
                            }
                        })
                .orElse(List.of());
    }

    /**
     * Takes away what captures the new database.
     *
     * @param made a session of its owner
     */
    static List<String> removeFromNew(OldSchema schema, Session made, StopSignal stop) {
        return CapturePreparation.remove(backName(schema.migration()), made, "target", stop);
    }

    private static List<String> removeBack(Attachment attachment, StopSignal stop) {
        List<String> removed = new ArrayList<>();
        try (Attachment back = attachment.mirrored();
                Session made = back.sourceAsOwner().open("capture")) {
            Session old = back.control();
            OldSchema schema = Sides.oldSchema(attachment);
            removed.addAll(removeFromNew(schema, made, stop));
            if (WayBackSchema.drop(old, schema)) {
                removed.add("the record of the way back on the source");
            }
        }
        return removed;
    }
}
