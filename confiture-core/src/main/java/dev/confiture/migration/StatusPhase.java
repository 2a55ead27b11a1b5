package dev.confiture.migration;

import dev.confiture.capture.SlotHealth;
import dev.confiture.capture.SourceLoad;
import dev.confiture.cutover.Knocks;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.CopyLedger;
import dev.confiture.ledger.CopyPause;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.MigrationRecord;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.RemovedObjects;
import dev.confiture.ledger.SwitchoverLedger;
import dev.confiture.ledger.SwitchoverRecord;
import dev.confiture.ledger.SwitchoverRecord.Step;
import dev.confiture.ledger.WayBackSchema;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a migration stands from its ledger. Only what a live migration holds on the source is
 * asked there, and left out if the source cannot be reached.
 */
public final class StatusPhase {
    private static final String SOURCE = "source";

    private final EnvironmentLoader environments;
    private final ProgressListener listener;

    public StatusPhase(EnvironmentLoader environments, ProgressListener listener) {
        this.environments = environments;
        this.listener = listener;
    }

    /**
     * Reads it now, at the side of whatever command is running.
     *
     * @throws ConfitureException if there is no migration, or the target cannot be reached
     */
    public StatusReport run(String targetReference) {
        Database target = Attachment.target(environments, targetReference);
        try (Session session = target.open("status")) {
            OnServers found =
                    Ledger.exists(session) ? ask(session, targetReference) : OnServers.NOTHING;
            return session.inSnapshot(() -> read(session, target, found));
        }
    }

    /** What the ledger does not know. */
    private record OnServers(
            Optional<StatusReport.Live> live, Optional<StatusReport.LeftSide> left) {
        static final OnServers NOTHING = new OnServers(Optional.empty(), Optional.empty());
    }

    /** What only the side knows that is written to. */
    private record OnSource(Optional<SlotHealth> slot, double oldestSnapshotSeconds) {
        static OnSource of(Session written, String slot) {
            return new OnSource(
                    SlotHealth.of(written, slot), SourceLoad.oldestSnapshotSeconds(written));
        }

        /** Null as long as it is still to be made. */
        @Nullable String slotState(boolean made) {
            return slot.map(SlotHealth::walStatus).orElse(made ? "gone" : null);
        }
    }

    /** What the source would have said is left out if it cannot be reached. */
    private OnServers ask(Session control, String targetReference) {
        boolean cutOver = Ledger.read(control).phase() == Phase.CUT_OVER;
        Optional<CaptureRecord> capture = CaptureLedger.read(control);
        Optional<SwitchoverRecord> closing = closing(control);
        if (capture.isEmpty() && closing.isEmpty() && !cutOver) {
            return OnServers.NOTHING;
        }
        try (Attachment attachment = Attachment.to(environments, targetReference, "status")) {
            return new OnServers(
                    cutOver
                            ? unlessUnreachable(() -> wayBack(attachment))
                            : capture.map(known -> there(attachment, known)),
                    closing.flatMap(record -> unlessUnreachable(() -> left(attachment, record))));
        } catch (ConfitureException unreachable) {
            warn(unreachable);
            return new OnServers(
                    cutOver
                            ? Optional.empty()
                            : capture.map(known -> live(SOURCE, control, known, Optional.empty())),
                    Optional.empty());
        }
    }

    private <T> Optional<T> unlessUnreachable(Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (ConfitureException unreachable) {
            warn(unreachable);
            return Optional.empty();
        }
    }

    private void warn(ConfitureException unreachable) {
        listener.on(new ProgressEvent.Warning(unreachable.getMessage()));
    }

    private StatusReport.Live there(Attachment attachment, CaptureRecord capture) {
        Optional<OnSource> onSource =
                unlessUnreachable(
                        () -> {
                            try (Session source = attachment.ends().source().open("status")) {
                                return Optional.of(OnSource.of(source, capture.slot()));
                            }
                        });
        return live(SOURCE, attachment.control(), capture, onSource);
    }

    /** The old database alone knows how far it has come. */
    private static Optional<StatusReport.Live> wayBack(Attachment attachment) {
        try (Attachment back = attachment.mirrored()) {
            Session old = back.control();
            Optional<CaptureRecord> capture =
                    WayBackSchema.exists(old) ? CaptureLedger.read(old) : Optional.empty();
            return capture.map(
                    known ->
                            live(
                                    "target",
                                    old,
                                    known,
                                    Optional.of(OnSource.of(attachment.control(), known.slot()))));
        }
    }

    /** The switchover that closed a side, or is about to. */
    private static Optional<SwitchoverRecord> closing(Session control) {
        return SwitchoverLedger.last(control)
                .filter(last -> last.outcome() != SwitchoverRecord.Outcome.UNDONE)
                .or(() -> SwitchoverLedger.lastDecided(control));
    }

    private static Optional<StatusReport.LeftSide> left(
            Attachment attachment, SwitchoverRecord record) {
        try (Session from = Sides.of(attachment, record.direction()).from().open("status")) {
            return Knocks.on(from)
                    .map(knocks -> new StatusReport.LeftSide(from.end().label(), knocks));
        }
    }

    private static StatusReport.@Nullable Switchover switchover(Session session, boolean running) {
        return SwitchoverLedger.last(session)
                .map(
                        last ->
                                switchover(
                                        last,
                                        SwitchoverLedger.steps(session, last.number()),
                                        running))
                .orElse(null);
    }

    private static StatusReport.Switchover switchover(
            SwitchoverRecord last, List<Step> steps, boolean running) {
        SwitchoverRecord.Outcome outcome = last.outcome();
        String state =
                outcome == null
                        ? running ? "under way" : "interrupted"
                        : outcome.name().toLowerCase(Locale.ROOT);
        List<Step> pause = steps.stream().filter(Step::inPause).toList();
        return new StatusReport.Switchover(
                last.direction().command(),
                state,
                last.beganAt(),
                last.decidedAt(),
                last.wayBack(),
                pause.isEmpty() ? null : pause.stream().mapToDouble(Step::milliseconds).sum(),
                steps);
    }

    private static StatusReport read(Session session, Database target, OnServers found) {
        MigrationRecord migration = Ledger.read(session);
        List<EntryRecord> entries = Ledger.entries(session);
        Optional<Double> rate =
                migration.phase() == Phase.COPYING
                        ? CopyLedger.recentRate(session)
                        : Optional.empty();
        boolean running = ControllerLock.isHeld(session);
        return new StatusReport(
                migration.mode().label(),
                migration.phase().label(),
                running,
                migration.phaseSince(),
                migration.sourceDisplay(),
                target.address().display(),
                entries.stream().map(StatusPhase::entry).toList(),
                RemovedObjects.of(session).stream().map(RemovedObject::display).toList(),
                rate.orElse(null),
                rate.flatMap(speed -> secondsLeft(entries, speed)).orElse(null),
                CopyPause.reason(session).orElse(null),
                found.live().orElse(null),
                switchover(session, running),
                found.left().orElse(null));
    }

    /** Told by the ledger of the side that is kept in step. */
    private static StatusReport.Live live(
            String written, Session follower, CaptureRecord capture, Optional<OnSource> onSource) {
        Optional<SlotHealth> slot = onSource.flatMap(OnSource::slot);
        return new StatusReport.Live(
                written,
                capture.slot(),
                CaptureLedger.secondsBehind(follower).orElse(null),
                slot.map(SlotHealth::unconfirmedBytes).orElse(null),
                slot.map(SlotHealth::retainedBytes).orElse(null),
                onSource.map(on -> on.slotState(capture.begun())).orElse(null),
                onSource.map(OnSource::oldestSnapshotSeconds).orElse(null));
    }

    private static StatusReport.Entry entry(EntryRecord entry) {
        return new StatusReport.Entry(
                entry.entry(),
                entry.source().display(),
                entry.target().display(),
                entry.strategy().label(),
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
