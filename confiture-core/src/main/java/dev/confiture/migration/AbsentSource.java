package dev.confiture.migration;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.environment.Environment;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.OldSchema;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.End;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.setup.Cleanup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What cleanup does about a live migration whose source is not there: its server may have been
 * switched off for good. The ledger is about to go, and it alone knows what may be on the source,
 * so all of that is named, with the statements that drop it there.
 */
final class AbsentSource {
    private final Session control;
    private final Database target;
    private final OldSchema schema;

    /**
     * Of a migration.
     *
     * @param control a session of the target
     * @param environment the target's
     */
    AbsentSource(Session control, Environment environment) {
        this.control = control;
        this.target =
                new Database(
                        End.TARGET,
                        Objects.requireNonNullElse(environment.admin(), environment.database()));
        this.schema = Sides.oldSchema(control, target);
    }

    /** The same failure with what can be done if the source does not come back. */
    static ConfitureException refusal(ConfitureException failure) {
        String hint = failure.hint();
        return new ConfitureException(
                failure.code(),
                failure.getMessage(),
                (hint == null ? "" : hint + " ")
                        + "If this database is gone for good, `cleanup --force` goes on without it,"
                        + " and lists what may be left there.",
                failure);
    }

    /** Takes away what the target has of a way back, and names what the source may have. */
    Cleanup.Result release(ProgressListener listener, StopSignal stop) {
        SwitchoverLedger.last(control)
                .filter(last -> !last.ended())
                .ifPresent(last -> listener.on(new ProgressEvent.Warning(interrupted(last))));
        try (Session owner = target.open("cleanup")) {
            return new Cleanup.Result(NextCapture.removeFromNew(schema, owner, stop), left());
        }
    }

    /** Neither undone nor completed: whether it was decided is known nowhere else. */
    private static String interrupted(SwitchoverRecord last) {
        String command = "the interrupted " + last.direction().command();
        boolean toTarget = last.decided() == (last.direction() == Direction.FORWARD);
        String side = toTarget ? "target" : "source";
        return last.decided()
                ? command
                        + " was decided: the application belongs on the "
                        + side
                        + ", and the hook that sends it there may not have been called"
                : command + " was not decided: the application belongs on the " + side;
    }

    /** What may be on the source, for people, each with the statement that drops it. */
    private List<String> left() {
        String where = " on the source " + Ledger.read(control).sourceDisplay();
        String name = schema.migration();
        List<String> left = new ArrayList<>();
        left.add(
                "replication slot "
                        + name
                        + where
                        + ", if it is still there, and then it keeps WAL; to drop it: SELECT"
                        + " pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE"
                        + " slot_name = "
                        + Literal.quote(name)
                        + ";");
        left.add(
                "publication "
                        + name
                        + where
                        + ", if it is still there; to drop it: DROP PUBLICATION IF EXISTS "
                        + Identifier.quote(name)
                        + ";");
        if (SwitchoverLedger.last(control).isPresent()) {
            left.add(
                    "schema confiture"
                            + where
                            + ", if it is still there, with the fence that refuses writers; to drop"
                            + " it: "
                            + schema.dropStatement());
        }
        return left;
    }
}
