package dev.confiture.migration;

import dev.confiture.capture.ReplicationSlot;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.cutover.Fence;
import dev.confiture.cutover.FenceNotice;
import dev.confiture.environment.DatabaseAddress;
import dev.confiture.identity.CaptureTables;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.OldSchema;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.ServerIdentity;
import dev.confiture.postgres.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The side that the application leaves, and the one that it goes to.
 *
 * @param from for what the tables' owner must do there; likewise {@code to}
 * @param schema what the migration has in the old database
 * @param pass what lets sessions of ours through a fence
 */
record Sides(Direction direction, Database from, Database to, OldSchema schema, String pass) {
    static Sides of(Attachment attachment, Direction direction) {
        Session control = attachment.control();
        OldSchema schema = oldSchema(attachment);
        Database source = attachment.sourceAsOwner();
        Database target = attachment.targetAsOwner();
        String pass = SwitchoverLedger.pass(control);
        return direction == Direction.FORWARD
                ? new Sides(direction, source, target, schema, pass)
                : new Sides(direction, target, source, schema, pass);
    }

    /**
     * What the migration has in the old database, whether it is there or not.
     *
     * @param attachment forward
     */
    static OldSchema oldSchema(Attachment attachment) {
        return oldSchema(attachment.control(), attachment.targetAsOwner());
    }

    /** The same where the source is not needed. */
    static OldSchema oldSchema(Session control, Database target) {
        // The name of the slot, as it was when the migration began.
        String name =
                CaptureLedger.read(control)
                        .map(CaptureRecord::slot)
                        .orElseGet(() -> ReplicationSlot.nameFor(ServerIdentity.of(control)));
        return new OldSchema(name, home(target));
    }

    /**
     * The fence of this migration on one of the sides.
     *
     * @param owner a session of the tables' owner
     */
    Fence fence(Session owner) {
        return owner.end() == End.SOURCE ? Fence.inOld(owner, schema) : Fence.inNew(owner);
    }

    /** What a writer is told who comes to the side that was left. */
    FenceNotice left() {
        return notice(to);
    }

    /** What a writer is told who comes to the other side too early. */
    FenceNotice next() {
        return notice(from);
    }

    private FenceNotice notice(Database home) {
        return new FenceNotice(
                schema.migration(), home(home), pass, SwitchoverFailure.settling(direction));
    }

    /** For people: {@code database shop on db.example.com:5432}. */
    static String home(Database database) {
        DatabaseAddress address = database.address();
        return "database %s on %s:%d".formatted(address.database(), address.host(), address.port());
    }

    /** What a hook is told of both sides; no password. */
    Map<String, String> figures() {
        Map<String, String> figures = figures(direction.command(), from.address(), to.address());
        figures.put("direction", direction.command());
        return figures;
    }

    /**
     * What every hook is told.
     *
     * @param from where rows or the application come from; likewise {@code to}
     */
    static Map<String, String> figures(String command, DatabaseAddress from, DatabaseAddress to) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("command", command);
        describe(figures, "from", from);
        describe(figures, "to", to);
        return figures;
    }

    private static void describe(
            Map<String, String> figures, String side, DatabaseAddress address) {
        figures.put(side + "_host", address.host());
        figures.put(side + "_port", String.valueOf(address.port()));
        figures.put(side + "_database", address.database());
    }

    /** Both tables of each entry, by side. */
    record Tables(List<TableName> from, List<TableName> to) {
        Tables {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }

        /** Those that the mapping reads, and those that it feeds. */
        static Tables of(ResolvedMapping mapping) {
            return new Tables(
                    CaptureTables.of(mapping.derivations()).stream()
                            .map(CapturedTable::table)
                            .toList(),
                    mapping.derivations().stream()
                            .map(Derivation::target)
                            .distinct()
                            .sorted()
                            .toList());
        }

        /**
         * The same for the way back. A new table that nothing reads on the way back is left too.
         *
         * @param back the inverse mapping
         */
        Tables mirrored(ResolvedMapping back) {
            TreeSet<TableName> left = new TreeSet<>(to);
            left.addAll(of(back).from());
            return new Tables(List.copyOf(left), from);
        }
    }
}
