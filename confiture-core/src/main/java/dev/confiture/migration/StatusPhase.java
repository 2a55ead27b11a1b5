package dev.confiture.migration;

import dev.confiture.capture.SlotHealth;
import dev.confiture.capture.SourceLoad;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.CopyPause;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.MigrationRecord;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.WayBackSchema;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells where a migration stands from its ledger. Only what a live migration holds on the source is
 * asked there, and left out if the source cannot be reached.
 */
public final class StatusPhase {
    private final EnvironmentLoader environments;
    private final ProgressListener listener;

    public StatusPhase(EnvironmentLoader environments, ProgressListener listener) {
        this.environments = environments;
        this.listener = listener;
    }

    public StatusReport run(String targetReference) {
        Database target = Attachment.target(environments, targetReference);
        try (Session session = target.open("status")) {
            Optional<StatusReport.Live> live =
                    Ledger.exists(session) && Ledger.read(session).phase() == Phase.CUT_OVER
                            ? wayBack(session, targetReference)
                            : there(session, targetReference);
            return session.inSnapshot(() -> read(session, target, live));
        }
    }

    /** What only the side knows that is written to. */
    private record OnSource(SlotHealth slot, double oldestSnapshotSeconds) {
        static Optional<OnSource> of(Session written, String slot) {
            return SlotHealth.of(written, slot)
                    .map(health -> new OnSource(health, SourceLoad.oldestSnapshotSeconds(written)));
        }
    }

    /** The slot's part is left out if the source cannot be asked: the rest can be told. */
    private Optional<StatusReport.Live> there(Session control, String targetReference) {
        Optional<CaptureRecord> capture =
                Ledger.exists(control) ? CaptureLedger.read(control) : Optional.empty();
        if (capture.isEmpty()) {
            return Optional.empty();
        }
        Optional<OnSource> onSource = Optional.empty();
        try (Attachment attachment = Attachment.to(environments, targetReference, "status");
                Session source = attachment.ends().source().open("status")) {
            onSource = OnSource.of(source, capture.get().slot());
        } catch (ConfitureException unreachable) {
            listener.on(new ProgressEvent.Warning(unreachable.getMessage()));
        }
        return Optional.of(live("source", control, capture.get(), onSource));
    }

    /** Empty too if the old database cannot be asked, which alone knows how far it has come. */
    private Optional<StatusReport.Live> wayBack(Session control, String targetReference) {
        try (Attachment attachment = Attachment.to(environments, targetReference, "status");
                Attachment back = attachment.mirrored()) {
            Session old = back.control();
            Optional<CaptureRecord> capture =
                    WayBackSchema.exists(old) ? CaptureLedger.read(old) : Optional.empty();
            return capture.map(
                    known -> live("target", old, known, OnSource.of(control, known.slot())));
        } catch (ConfitureException unreachable) {
            listener.on(new ProgressEvent.Warning(unreachable.getMessage()));
            return Optional.empty();
        }
    }

    private static StatusReport read(
            Session session, Database target, Optional<StatusReport.Live> live) {
        MigrationRecord migration = Ledger.read(session);
        List<EntryRecord> entries = Ledger.entries(session);
        Optional<Double> rate =
                migration.phase() == Phase.COPYING ? Ledger.recentRate(session) : Optional.empty();
        return new StatusReport(
                migration.mode(),
                migration.phase().label(),
                ControllerLock.isHeld(session),
                migration.phaseSince(),
                migration.sourceDisplay(),
                target.address().display(),
                entries.stream().map(StatusPhase::entry).toList(),
                Ledger.removedObjects(session).stream().map(RemovedObject::display).toList(),
                rate.orElse(null),
                rate.flatMap(speed -> secondsLeft(entries, speed)).orElse(null),
                CopyPause.reason(session).orElse(null),
                live.orElse(null));
    }

    /** Told by the ledger of the side that is kept in step. */
    private static StatusReport.Live live(
            String written, Session follower, CaptureRecord capture, Optional<OnSource> onSource) {
        return new StatusReport.Live(
                written,
                capture.slot(),
                CaptureLedger.secondsBehind(follower).orElse(null),
                onSource.map(on -> on.slot().unconfirmedBytes()).orElse(null),
                onSource.map(on -> on.slot().retainedBytes()).orElse(null),
                onSource.map(on -> on.slot().walStatus()).orElse(null),
                onSource.map(OnSource::oldestSnapshotSeconds).orElse(null));
    }

    private static StatusReport.Entry entry(EntryRecord entry) {
        return new StatusReport.Entry(
                entry.entry(),
                entry.source().display(),
                entry.target().display(),
                entry.strategy().toLowerCase(Locale.ROOT),
                entry.complete() ? "copied" : entry.chunksDone() == 0 ? "waiting" : "copying",
                entry.rows(),
                entry.estimatedRows(),
                entry.chunksDone(),
                entry.chunks());
    }

    /** Unknown as long as one table that is not copied yet was never analyzed. */
    private static Optional<Double> secondsLeft(List<EntryRecord> entries, double rowsPerSecond) {
        List<EntryRecord> open = entries.stream().filter(entry -> !entry.complete()).toList();
        if (rowsPerSecond <= 0 || open.stream().anyMatch(entry -> entry.estimatedRows() < 0)) {
            return Optional.empty();
        }
        long rows =
                open.stream()
                        .mapToLong(entry -> Math.max(0, entry.estimatedRows() - entry.rows()))
                        .sum();
        return Optional.of(rows / rowsPerSecond);
    }
}
