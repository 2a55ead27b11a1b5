package dev.confiture.migration;

import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.ledger.ControllerLock;
import dev.confiture.ledger.EntryRecord;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.MigrationRecord;
import dev.confiture.ledger.Phase;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells where a migration stands from its ledger alone; the source need not be reachable. */
public final class StatusPhase {
    private final EnvironmentLoader environments;

    public StatusPhase(EnvironmentLoader environments) {
        this.environments = environments;
    }

    public StatusReport run(String targetReference) {
        Database target = Attachment.target(environments, targetReference);
        try (Session session = target.open("status")) {
            return session.inSnapshot(() -> read(session, target));
        }
    }

    private static StatusReport read(Session session, Database target) {
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
                rate.flatMap(speed -> secondsLeft(entries, speed)).orElse(null));
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
