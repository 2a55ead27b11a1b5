package dev.confiture.migration;

import dev.confiture.capture.Publication;
import dev.confiture.capture.ReadableSlot;
import dev.confiture.capture.ReplicationSlot;
import dev.confiture.capture.SourceTimeline;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.change.Lsn;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.identity.CaptureTables;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.ServerIdentity;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Before the first row is copied: publication, slot, barrier, in this order. A slot reads the
 * catalog as it was, so it must not be older than the publication; and until the barrier is passed
 * a chunk could miss a change that the slot does not send either.
 */
final class CaptureStart {
    /** How long the application's own locks and transactions are waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Run run;
    private final List<CapturedTable> tables;

    private CaptureStart(Run run, ResolvedMapping mapping) {
        this.run = run;
        this.tables = CaptureTables.of(mapping.derivations());
    }

    /** Begins the capture, or makes sure that the one which was begun has lost nothing. */
    static CaptureRecord ensure(Run run, ResolvedMapping mapping) {
        CaptureStart start = new CaptureStart(run, mapping);
        Optional<CaptureRecord> known =
                CaptureLedger.read(run.attachment().control()).filter(CaptureRecord::begun);
        known.ifPresentOrElse(start::resume, start::begin);
        return CaptureLedger.read(run.attachment().control()).orElseThrow();
    }

    /**
     * Makes sure that a capture which was begun has lost nothing; one that was not begun is none to
     * begin now.
     */
    static CaptureRecord takeUp(Run run, ResolvedMapping mapping) {
        CaptureRecord known = begun(run.attachment());
        new CaptureStart(run, mapping).resume(known);
        return known;
    }

    /** The capture that was begun, if it has lost nothing. */
    static CaptureRecord intact(Attachment attachment) {
        CaptureRecord known = begun(attachment);
        try (Session source = attachment.sourceAsOwner().open("capture")) {
            mustBeIntact(source, known);
        }
        return known;
    }

    private static CaptureRecord begun(Attachment attachment) {
        return CaptureLedger.read(attachment.control())
                .filter(CaptureRecord::begun)
                .orElseThrow(
                        () ->
                                new ConfitureException(
                                        ErrorCode.WRONG_PHASE,
                                        "the changes of the side that is written to are not"
                                                + " captured",
                                        "There is nothing to carry over. `confiture s2s status`"
                                                + " says where the migration stands."));
    }

    private static ReplicationSlot mustBeIntact(Session source, CaptureRecord capture) {
        SourceTimeline.mustBe(source, String.valueOf(capture.timeline()));
        PublicationWatch.of(capture).check(source);
        ReplicationSlot slot = new ReplicationSlot(capture.slot());
        slot.mustMatch(source, capture.reached());
        return slot;
    }

    /** Which tables are captured is settled before the first row; a mapping may not add any. */
    static void mustBeCaptured(Session control, ResolvedMapping mapping) {
        List<CapturedTable> wanted = CaptureTables.of(mapping.derivations());
        CaptureLedger.read(control)
                .filter(CaptureRecord::begun)
                .filter(known -> !known.tables().equals(wanted))
                .ifPresent(
                        known -> {
                            throw new ConfitureException(
                                    ErrorCode.MAPPING,
                                    "the mapping does not fit the changes that are captured since"
                                            + " this live migration began: "
                                            + difference(known.tables(), wanted),
                                    "A live migration cannot take up or drop tables later. Put the"
                                            + " mapping back as it was and go on; or start over"
                                            + " with the new one: `cleanup --force`, `setup` and"
                                            + " `migrate --truncate-target`.");
                        });
    }

    private static String difference(List<CapturedTable> known, List<CapturedTable> wanted) {
        List<String> differences = new ArrayList<>();
        Map<TableName, List<String>> before = columns(known);
        Map<TableName, List<String>> now = columns(wanted);
        now.forEach(
                (table, columns) -> {
                    List<String> captured = before.get(table);
                    if (captured == null) {
                        differences.add(table.display() + " is not captured");
                    } else if (!captured.equals(columns)) {
                        differences.add(
                                table.display()
                                        + " is captured by "
                                        + String.join(", ", captured)
                                        + ", not by "
                                        + String.join(", ", columns));
                    }
                });
        before.keySet().stream()
                .filter(table -> !now.containsKey(table))
                .forEach(table -> differences.add(table.display() + " is not mapped any more"));
        return String.join("; ", differences);
    }

    private static Map<TableName, List<String>> columns(List<CapturedTable> tables) {
        Map<TableName, List<String>> columns = new TreeMap<>();
        tables.forEach(table -> columns.put(table.table(), table.columns()));
        return columns;
    }

    private void begin() {
        Session control = run.attachment().control();
        CaptureLedger ledger = run.ledger().capture();
        ledger.mustPrecedeTheCopy();
        String name = ReplicationSlot.nameFor(ServerIdentity.of(control));
        ledger.announce(name, name, tables);
        Database owner = run.attachment().sourceAsOwner();
        try (Session source = owner.open("capture")) {
            Publication publication = new Publication(name, tables);
            String form = publication.create(source, PATIENCE, run.listener(), run.stop());
            beginAt(new ReplicationSlot(name), form, owner, source, ledger);
        }
    }

    private void beginAt(
            ReplicationSlot slot,
            String publication,
            Database owner,
            Session source,
            CaptureLedger ledger) {
        try {
            Lsn start =
                    new ReadableSlot(slot, owner, source, run.listener(), run.stop())
                            .make(PATIENCE);
            ledger.begin(
                    SourceTimeline.of(source),
                    start,
                    publication,
                    SchemaWatch.look(source, tables).tables());
        } catch (RuntimeException failure) {
            // Nobody would read it, and it would hold the source's WAL.
            dropAfter(failure, slot, source);
            throw failure;
        }
    }

    private static void dropAfter(RuntimeException failure, ReplicationSlot slot, Session source) {
        try {
            slot.drop(source, new StopSignal());
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    private void resume(CaptureRecord capture) {
        try (Session source = run.attachment().sourceAsOwner().open("capture")) {
            mustBeIntact(source, capture).release(source, run.stop());
        }
    }
}
