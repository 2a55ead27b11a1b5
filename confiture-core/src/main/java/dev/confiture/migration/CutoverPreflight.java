package dev.confiture.migration;

import dev.confiture.cutover.PreflightItem;
import dev.confiture.cutover.SideChecks;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.ledger.CaptureLedger;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.OldSchema;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.ledger.RemovedObjects;
import dev.confiture.ledger.VerifyLedger;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The list that is gone through before a cutover. */
final class CutoverPreflight {
    /** What a target that is followed stays well below. */
    private static final double NEAR_SECONDS = 60;

    private final Attachment attachment;
    private final ResolvedMapping mapping;
    private final CutoverRequest request;

    CutoverPreflight(Attachment attachment, ResolvedMapping mapping, CutoverRequest request) {
        this.attachment = attachment;
        this.mapping = mapping;
        this.request = request;
    }

    /**
     * Looks.
     *
     * @param wayBack if one is wanted
     */
    List<PreflightItem> items(Optional<WayBackPlan> wayBack) {
        Sides sides = Sides.of(attachment, Direction.FORWARD);
        Sides.Tables tables = Sides.Tables.of(mapping);
        List<PreflightItem> items = new ArrayList<>();
        items.add(lag());
        items.add(verified());
        try (Session from = sides.from().open("preflight")) {
            items.addAll(SideChecks.left(from, tables.from(), request.maxPause()));
            sides.schema().others(from).map(CutoverPreflight::taken).ifPresent(items::add);
        }
        items.add(pendingObjects());
        try (Session to = sides.to().open("preflight")) {
            items.addAll(SideChecks.next(to, tables.to()));
        }
        items.addAll(wayBack.map(WayBackPreflight::items).orElseGet(WayBackPreflight::none));
        if (wayBack.isPresent()) {
            items.addAll(servers(sides));
        }
        return items;
    }

    /** By another migration, whose fence and way back this one would overwrite. */
    private static PreflightItem taken(String owner) {
        return PreflightItem.blocker(
                "schema confiture on the source", "it " + owner, OldSchema.REMEDY);
    }

    private static List<PreflightItem> servers(Sides sides) {
        try (Session target = sides.to().open("preflight");
                Session source = sides.from().open("preflight")) {
            return WayBackPreflight.servers(target, source);
        }
    }

    private PreflightItem lag() {
        double seconds = CaptureLedger.secondsBehind(attachment.control()).orElse(Double.MAX_VALUE);
        String behind = String.format(Locale.ROOT, "%.0f s behind", seconds);
        return seconds < NEAR_SECONDS
                ? PreflightItem.good("lag", behind)
                : PreflightItem.warning(
                        "lag",
                        "the last hop was long ago; the cutover catches up first",
                        "Let `confiture s2s follow` run before it.");
    }

    private PreflightItem verified() {
        return VerifyLedger.lastDifference(attachment.control())
                .map(
                        age ->
                                PreflightItem.blocker(
                                        "last verify",
                                        "both sides were seen to differ %d minutes ago"
                                                .formatted(age.toMinutes()),
                                        "Run `confiture s2s verify`, or `verify --repair`, until"
                                                + " everything is equal."))
                .orElseGet(this::lastGreen);
    }

    private PreflightItem lastGreen() {
        return LastVerify.of(attachment.control())
                .map(
                        last ->
                                PreflightItem.good(
                                        "last verify",
                                        "green %d minutes ago, %d rows changed since"
                                                .formatted(
                                                        last.age().toMinutes(),
                                                        last.changedKeys())))
                .orElseGet(
                        () ->
                                PreflightItem.warning(
                                        "last verify",
                                        "there is no complete green one that still counts, so"
                                                + " nothing is compared in the pause",
                                        "Run `confiture s2s verify` before it."));
    }

    private PreflightItem pendingObjects() {
        List<RemovedObject> pending = RemovedObjects.of(attachment.control());
        return pending.isEmpty()
                ? PreflightItem.good("objects taken off the target", "all are back")
                : PreflightItem.warning(
                        "objects taken off the target",
                        pending.stream()
                                .map(RemovedObject::display)
                                .collect(Collectors.joining(", ")),
                        "They come back right after the decision; foreign keys are validated behind"
                                + " the switch.");
    }
}
