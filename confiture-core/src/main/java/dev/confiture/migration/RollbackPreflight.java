package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.cutover.PreflightItem;
import dev.confiture.cutover.SideChecks;
import dev.confiture.inverse.WayBack;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.VerifyLedger;
import dev.confiture.mapping.Derivation;
import dev.confiture.migration.Crossing.Proof;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The list that is gone through before a rollback. */
final class RollbackPreflight {
    /** What an old database that is followed stays well below. */
    private static final double NEAR_SECONDS = 60;

    private final Attachment attachment;
    private final Attachment mirrored;
    private final Sides.Tables tables;
    private final CutoverRequest request;

    /**
     * @param mirrored with a session of the old database, where the ledger's part for the way back
     *     lies
     */
    RollbackPreflight(
            Attachment attachment,
            Attachment mirrored,
            Sides.Tables tables,
            CutoverRequest request) {
        this.attachment = attachment;
        this.mirrored = mirrored;
        this.tables = tables;
        this.request = request;
    }

    /** Looks. */
    List<PreflightItem> items(WayBackPlan wayBack) {
        Sides sides = Sides.of(attachment, Direction.BACK);
        List<PreflightItem> items = new ArrayList<>();
        items.add(lag());
        items.add(capture());
        items.add(proof(wayBack));
        try (Session from = sides.from().open("preflight")) {
            items.addAll(SideChecks.left(from, tables.from(), request.maxPause()));
        }
        try (Session to = sides.to().open("preflight")) {
            items.addAll(SideChecks.next(to, tables.to()));
        }
        items.addAll(WayBackPreflight.items(wayBack));
        return items;
    }

    private PreflightItem lag() {
        double seconds = CaptureLedger.secondsBehind(mirrored.control()).orElse(Double.MAX_VALUE);
        return seconds < NEAR_SECONDS
                ? PreflightItem.good("lag", String.format(Locale.ROOT, "%.0f s behind", seconds))
                : PreflightItem.warning(
                        "lag",
                        "the last hop back was long ago; the rollback catches up first",
                        "Let `confiture s2s follow` run before it.");
    }

    /** That nothing was lost on the way; fails if it was. */
    private PreflightItem capture() {
        CaptureRecord capture = CaptureStart.intact(mirrored);
        return PreflightItem.good("slot " + capture.slot(), "holds every change since the cutover");
    }

    private PreflightItem proof(WayBackPlan wayBack) {
        String check = "changed rows";
        return LastVerify.of(mirrored.control())
                .filter(_ -> proof(mirrored.control(), wayBack) == Proof.CHANGED_ROWS)
                .map(last -> changedRows(check, last))
                .orElseGet(
                        () ->
                                PreflightItem.warning(
                                        check,
                                        "are not compared in the pause",
                                        "Only after a cutover that a green `confiture s2s verify`"
                                                + " has gone before are they; a rollback needs no"
                                                + " comparison to be exact."));
    }

    /** A difference that was seen may have gone since: only the comparison can tell. */
    private PreflightItem changedRows(String check, LastVerify last) {
        String found =
                "%d since the cutover; they are compared in the pause"
                        .formatted(last.changedKeys());
        return VerifyLedger.lastDifference(mirrored.control())
                .map(
                        age ->
                                PreflightItem.warning(
                                        check,
                                        "%s; %d minutes ago both sides were seen to differ there"
                                                .formatted(found, age.toMinutes()),
                                        "A row that is written again in the new database goes back"
                                                + " again."))
                .orElseGet(() -> PreflightItem.good(check, found));
    }

    /**
     * Where several new tables feed an old one, a row that has moved from one to another takes a
     * look at the whole old table; and there a column that does not come back differs in rows that
     * nobody has changed.
     */
    static Proof proof(Session old, WayBackPlan wayBack) {
        List<TableName> fed =
                wayBack.mapping().derivations().stream().map(Derivation::target).toList();
        boolean undecidable =
                wayBack.columns().stream()
                        .filter(column -> column.way() != WayBack.LOSSLESS)
                        .anyMatch(column -> Collections.frequency(fed, column.table()) > 1);
        return undecidable ? Proof.NONE : Proof.of(old);
    }
}
