package dev.confiture.migration;

import dev.confiture.cutover.PreflightItem;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.migration.CutoverRequest.Afterwards;
import java.util.List;
import java.util.Optional;

/** From the old database to the new one. */
final class CutoverPlan implements SwitchoverPlan {
    private final Attachment attachment;
    private final CutoverRequest request;
    private final ResolvedMapping mapping;
    private final Optional<WayBackPlan> wayBack;

    private CutoverPlan(
            Attachment attachment,
            CutoverRequest request,
            ResolvedMapping mapping,
            Optional<WayBackPlan> wayBack) {
        this.attachment = attachment;
        this.request = request;
        this.mapping = mapping;
        this.wayBack = wayBack;
    }

    static SwitchoverPlan of(Attachment attachment, CutoverRequest request) {
        mustBeFollowing(attachment);
        Attachment.Catalogs catalogs = attachment.catalogs();
        ResolvedMapping mapping = Mappings.stored(attachment, catalogs);
        Optional<WayBackPlan> wayBack =
                request.afterwards() == Afterwards.LEAVE
                        ? Optional.empty()
                        : Optional.of(Mappings.wayBack(mapping, attachment, catalogs));
        return new CutoverPlan(attachment, request, mapping, wayBack);
    }

    private static void mustBeFollowing(Attachment attachment) {
        Phase phase = Ledger.read(attachment.control()).phase();
        if (phase == Phase.FOLLOWING) {
            return;
        }
        throw new ConfitureException(
                ErrorCode.WRONG_PHASE,
                phase == Phase.CUT_OVER
                        ? "this migration is cut over already"
                        : "there is nothing to cut over yet (phase: " + phase.label() + ")",
                phase == Phase.CUT_OVER
                        ? "`confiture s2s status` shows when; `confiture s2s rollback` goes back,"
                                + " `confiture s2s cleanup` removes Confiture's traces."
                        : "Run `confiture s2s migrate` first; it copies the rows and catches up."
                                + " Only a live migration can be cut over.");
    }

    @Override
    public List<PreflightItem> preflight() {
        return new CutoverPreflight(attachment, mapping, request).items(wayBack);
    }

    @Override
    public Crossing open(Run whole) {
        return new Crossing(
                whole,
                whole,
                mapping,
                CaptureStart.takeUp(whole, mapping),
                Sides.of(attachment, Direction.FORWARD),
                Sides.Tables.of(mapping),
                Crossing.Proof.of(whole.attachment().control()),
                wayBack.map(WayBackPlan::mapping));
    }

    @Override
    public RuntimeException inWords(RuntimeException failure) {
        return failure;
    }
}
