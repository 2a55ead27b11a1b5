package dev.confiture.migration;

import dev.confiture.cutover.PreflightItem;
import dev.confiture.ledger.SwitchoverRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cutover or a rollback did, or would meet.
 *
 * @param kind {@code done}, {@code dry run} or {@code rehearsed}
 * @param writesGoTo the address that the application writes to from now on; null if it writes where
 *     it wrote before, since nothing but a look or a rehearsal was made
 * @param preflight what was looked at before
 * @param pauseMilliseconds from the first lock that a writer could wait for until the decision;
 *     null if nothing was locked
 * @param steps in their order; those whose names begin with {@code pause:} make up the pause
 * @param remarks what the user should know
 */
public record CutoverReport(
        String kind,
        @Nullable String writesGoTo,
        List<PreflightItem> preflight,
        @Nullable Double pauseMilliseconds,
        List<SwitchoverRecord.Step> steps,
        List<String> remarks) {
    public CutoverReport {
        preflight = List.copyOf(preflight);
        steps = List.copyOf(steps);
        remarks = List.copyOf(remarks);
    }

    /** The same with more that the user should know. */
    CutoverReport with(List<String> more) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        return new CutoverReport(kind, writesGoTo, preflight, pauseMilliseconds, steps, all);
    }

    /** Whether nothing stands in the way. */
    public boolean ready() {
        return preflight.stream().noneMatch(PreflightItem::blocks);
    }
}
