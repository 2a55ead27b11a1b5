package dev.confiture.migration;

import dev.confiture.capture.Backlog;
import dev.confiture.capture.ChangeStream;
import dev.confiture.capture.ReplicationSlot;
import dev.confiture.change.Lsn;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.ReplicationConnection;
import dev.confiture.postgres.ReplicationStream;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.progress.ProgressEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The stream of our slot, which may have to be opened more than once. */
final class SlotStream implements ChangeStream.Opening {
    private static final Duration STATUS_INTERVAL = Duration.ofSeconds(10);

    private final Run run;
    private final CaptureRecord capture;
    private volatile @Nullable Session backlog;
    private volatile boolean brokenOff;
    private boolean opened;

    SlotStream(Run run, CaptureRecord capture) {
        this.run = run;
        this.capture = capture;
    }

    /** Whatever a living source has against it, the stream brings the same. */
    @Override
    public void backlog(Backlog.Reader reader) {
        Database owner = run.attachment().sourceAsOwner();
        try (Session source = owner.openForStreams("backlog")) {
            backlog = source;
            if (brokenOff) {
                return;
            }
            new ReplicationSlot(capture.slot()).awaitFree(source, run.stop());
            new Backlog(capture.slot(), capture.publication()).read(source, reader);
        } catch (SqlFailure failure) {
            if (failure.sqlState().startsWith(SqlState.CLASS_CONNECTION_EXCEPTION)) {
                throw failure;
            }
            run.listener()
                    .on(
                            new ProgressEvent.Detail(
                                    "the changes that wait are streamed, since they cannot be read"
                                            + " at once: "
                                            + failure.getMessage()));
        }
    }

    @Override
    public void breakOff() {
        brokenOff = true;
        Session reading = backlog;
        if (reading != null) {
            reading.abort();
        }
    }

    @Override
    public ReplicationStream from(Lsn position) {
        Database owner = run.attachment().sourceAsOwner();
        if (opened) {
            run.listener()
                    .on(
                            new ProgressEvent.Warning(
                                    "the source failed to read its own log for us; the stream of"
                                            + " changes is opened again"));
            awaitSlot(owner);
        }
        opened = true;
        ReplicationConnection connection = owner.openReplication("capture");
        return connection.start(capture.slot(), capture.publication(), position, STATUS_INTERVAL);
    }

    /** A process that has failed says so before it lets go of its slot. */
    private void awaitSlot(Database owner) {
        try (Session source = owner.open("capture")) {
            new ReplicationSlot(capture.slot()).awaitFree(source, run.stop());
        }
    }
}
