package dev.confiture.migration;

import dev.confiture.cutover.PreflightItem;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.hop.HopPlan;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.Phase;
import dev.confiture.mapping.ResolvedMapping;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Back from the new database to the old one, which hops have kept in step. */
final class RollbackPlan implements SwitchoverPlan {
    /** What the switchover says of itself; it is no matter of the way back. */
    private static final Set<ErrorCode> OWN_WORDS =
            Set.of(ErrorCode.CUTOVER_ABORTED, ErrorCode.INTERRUPTED);

    private final Attachment attachment;
    private final CutoverRequest request;
    private final ResolvedMapping forward;
    private final WayBackPlan back;

    private RollbackPlan(
            Attachment attachment,
            CutoverRequest request,
            ResolvedMapping forward,
            WayBackPlan back) {
        this.attachment = attachment;
        this.request = request;
        this.forward = forward;
        this.back = back;
    }

    static SwitchoverPlan of(Attachment attachment, CutoverRequest request) {
        mustBeCutOver(attachment);
        try (Attachment mirrored = attachment.mirrored()) {
            WayBackHops.mustExist(mirrored);
        }
        Attachment.Catalogs catalogs = attachment.catalogs();
        ResolvedMapping mapping = Mappings.stored(attachment, catalogs);
        return new RollbackPlan(
                attachment, request, mapping, Mappings.wayBack(mapping, attachment, catalogs));
    }

    private static void mustBeCutOver(Attachment attachment) {
        Phase phase = Ledger.read(attachment.control()).phase();
        if (phase != Phase.CUT_OVER) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "there is nothing to roll back: the application writes to the old database"
                            + " (phase: "
                            + phase.label()
                            + ")",
                    "Only a cutover can be rolled back. `confiture s2s cleanup` gives a migration"
                            + " up.");
        }
    }

    @Override
    public List<PreflightItem> preflight() {
        try (Attachment mirrored = attachment.mirrored()) {
            return new RollbackPreflight(attachment, mirrored, tables(), request).items(back);
        } catch (ConfitureException failure) {
            throw WayBackHops.turned(failure);
        }
    }

    private Sides.Tables tables() {
        return Sides.Tables.of(forward).mirrored(back.mapping());
    }

    @Override
    public Crossing open(Run whole) {
        Attachment mirrored = attachment.mirrored();
        try {
            Run run = whole.mirrored(mirrored);
            // As the preflight has said it: what the hop below changes is to be compared too.
            Crossing.Proof proof = RollbackPreflight.proof(mirrored.control(), back);
            WayBackHops.namingTheRow(
                    run, back.mapping(), (known, first) -> firstHop(run, known, first));
            return new Crossing(
                    whole,
                    run,
                    back.mapping(),
                    CaptureStart.takeUp(run, back.mapping()),
                    Sides.of(attachment, Direction.BACK),
                    tables(),
                    proof,
                    Optional.of(forward));
        } catch (ConfitureException failure) {
            mirrored.close();
            throw inWords(failure);
        } catch (RuntimeException | Error failure) {
            mirrored.close();
            throw failure;
        }
    }

    /** Before anything is made: a row that cannot go back ends it here, and is named. */
    private void firstHop(Run run, CaptureRecord capture, HopPlan.Portion portion) {
        try (LiveEngine engine = LiveEngine.open(run, back.mapping(), capture, request.maxWal())) {
            engine.derive(portion);
            engine.hop();
        } catch (ConfitureException failure) {
            throw SwitchoverFailure.keepingSlot(Direction.BACK, request, capture.slot(), failure);
        }
    }

    @Override
    public RuntimeException inWords(RuntimeException failure) {
        return failure instanceof ConfitureException known && !OWN_WORDS.contains(known.code())
                ? WayBackHops.turned(known)
                : failure;
    }
}
