package dev.confiture.migration;

import dev.confiture.capture.ChangeStream;
import dev.confiture.capture.Drain;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What takes changes out of the source's log: the stream of our slot with its sessions. While it
 * rests they wait in the log, and it begins again where the ledger is, as after a kill. Not
 * thread-safe.
 */
final class Intake implements AutoCloseable {
    private final Run run;
    private final Resources resources = new Resources();
    private @Nullable Drain drain;

    /** One that rests. */
    Intake(Run run) {
        this.run = run;
    }

    /** Ends the rest, if there is one. */
    void begin() {
        if (!rests()) {
            return;
        }
        try {
            drain = open();
        } catch (RuntimeException | Error failure) {
            resources.closeAfter(failure);
            throw failure;
        }
    }

    private Drain open() {
        Database source = run.attachment().ends().source();
        Session spill = resources.add(run.attachment().ends().target().open("spill"));
        CaptureLedger ledger = run.ledger().through(spill).capture();
        // What was received and not kept comes again.
        ledger.clearSpill();
        CaptureRecord capture = CaptureLedger.read(spill).orElseThrow();
        ChangeStream stream =
                resources.add(
                        ChangeStream.over(
                                new SlotStream(run, capture),
                                capture.reached(),
                                capture.tables(),
                                ledger,
                                ChangeStream.keysThatFit()));
        return new Drain(stream, resources.add(source.open("marker")));
    }

    boolean rests() {
        return drain == null;
    }

    /** While it does not rest. */
    Drain drain() {
        return Objects.requireNonNull(drain);
    }

    /** Leaves what comes, and what is not confirmed yet, in the log. */
    void rest() {
        drain = null;
        resources.close();
    }

    @Override
    public void close() {
        rest();
    }
}
