package dev.confiture.migration;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.hop.HopPlan;
import dev.confiture.hop.RefusedRow;
import dev.confiture.inverse.TurnedWords;
import dev.confiture.inverse.WayBackPlan;
import dev.confiture.ledger.CaptureRecord;
import dev.confiture.ledger.WayBackSchema;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.SqlFailure;
import java.util.Set;

/** Keeps the old database in step with the new one, after the cutover. */
final class WayBackHops {
    /** After these, changes are missing for good. */
    private static final Set<ErrorCode> FINAL =
            Set.of(ErrorCode.SLOT_LOST, ErrorCode.SOURCE_CHANGED, ErrorCode.WAL_BUDGET_SPENT);

    private final Run run;
    private final ResolvedMapping forward;

    WayBackHops(Run run, ResolvedMapping forward) {
        this.run = run;
        this.forward = forward;
    }

    /** Hops back until a stop is asked for, or another command waits. */
    void run(HopLoop loop) {
        WayBackPlan plan = Mappings.wayBack(forward, run.attachment(), run.catalogs());
        try (Attachment back = run.attachment().mirrored()) {
            mustExist(back);
            Run mirrored = run.mirrored(back);
            ResolvedMapping mapping = plan.mapping();
            namingTheRow(
                    mirrored,
                    mapping,
                    (capture, first) -> loop.run(mirrored, mapping, capture, first));
        } catch (ConfitureException failure) {
            throw turned(failure);
        }
    }

    /** Makes hops, the first one of them in portions of that size. */
    interface Hops {
        void run(CaptureRecord capture, HopPlan.Portion first);
    }

    /** Makes hops back. If the old database refuses a row, the failure says which one it is. */
    static void namingTheRow(Run mirrored, ResolvedMapping mapping, Hops hops) {
        try {
            hops.run(CaptureStart.takeUp(mirrored, mapping), HopPlan.Portion.MANY);
        } catch (SqlFailure failure) {
            if (!failure.isAboutRows()) {
                throw failure;
            }
            // Once more, row by row, to tell which one it is.
            try {
                hops.run(CaptureStart.takeUp(mirrored, mapping), HopPlan.Portion.ONE);
            } catch (RefusedRow refused) {
                throw ended(refused);
            }
        }
    }

    static void mustExist(Attachment back) {
        if (!WayBackSchema.exists(back.control())) {
            throw new ConfitureException(
                    ErrorCode.WRONG_PHASE,
                    "the old database is not kept in step: the cutover was made without a way back",
                    "There is no way back any more; `confiture s2s cleanup` ends the migration.");
        }
    }

    private static ConfitureException ended(RefusedRow refused) {
        return new ConfitureException(
                ErrorCode.WAY_BACK_ENDED,
                "rollback has ended here: the row of "
                        + refused.source().display()
                        + " with the key "
                        + refused.key()
                        + " cannot go back into "
                        + refused.target().display()
                        + ": "
                        + refused.failure().getMessage(),
                "Nothing was skipped: the old database stands before this change. Change the row in"
                        + " the new database so that the old one can hold it and run `confiture s2s"
                        + " follow` again, or give the way back up with `cleanup`.",
                refused);
    }

    static ConfitureException turned(ConfitureException failure) {
        if (failure.code() == ErrorCode.WAY_BACK_ENDED || failure.code() == ErrorCode.WRONG_PHASE) {
            return failure;
        }
        String hint = failure.hint();
        return new ConfitureException(
                failure.code(),
                "on the way back: " + TurnedWords.of(String.valueOf(failure.getMessage())),
                FINAL.contains(failure.code())
                        ? "Rollback is not possible any more: changes of the new database would be"
                                + " missing in the old one. `confiture s2s cleanup` ends the"
                                + " migration."
                        : hint == null ? null : TurnedWords.of(hint),
                failure);
    }
}
