package dev.confiture.migration;

import dev.confiture.cutover.Knocks;
import dev.confiture.ledger.SwitchoverRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a migration stands, read from its ledger.
 *
 * @param running whether a controller holds the lock at this moment
 * @param since when the present phase began, ISO 8601 in UTC
 * @param pendingObjects indexes, constraints and triggers that were taken off the target's tables
 *     and are not back yet
 * @param rowsPerSecond over the last minute of the copy, or null while nothing is copied
 * @param pause why the copy makes a pause now, or null
 * @param live what there is to say of a live migration's changes; null for a static one, or before
 *     changes are captured
 * @param switchover the last try to let the application change sides; null if there was none
 * @param left who still comes to the side that was left; null if none was, or it cannot be asked
 * @param secondsLeft at that speed by the planner's row estimates, or null if unknown
 */
public record StatusReport(
        String mode,
        String phase,
        boolean running,
        String since,
        String source,
        String target,
        List<Entry> entries,
        List<String> pendingObjects,
        @Nullable Double rowsPerSecond,
        @Nullable Double secondsLeft,
        @Nullable String pause,
        @Nullable Live live,
        @Nullable Switchover switchover,
        @Nullable LeftSide left) {
    /**
     * A cutover or a rollback.
     *
     * @param state {@code done}, {@code undone}, {@code under way}, or {@code interrupted} if
     *     nobody is at it: the next command ends it
     * @param began ISO 8601 in UTC; likewise {@code decided}, which is null before the decision
     * @param wayBack whether the side that is left is kept in step afterwards
     * @param pauseMilliseconds for how long writers had to wait; null if that was not kept
     * @param steps how long each took, if that was kept
     */
    public record Switchover(
            String command,
            String state,
            String began,
            @Nullable String decided,
            boolean wayBack,
            @Nullable Double pauseMilliseconds,
            List<SwitchoverRecord.Step> steps) {}

    /**
     * The side that takes no more writes.
     *
     * @param side {@code source}, or {@code target} after a rollback
     */
    public record LeftSide(String side, Knocks knocks) {}

    /**
     * How the side that the application does not write to is kept in step.
     *
     * @param written the side that it writes to: {@code source}, or {@code target} after the
     *     cutover
     * @param secondsBehind how old the snapshot of that side is which the other one has, by the
     *     other one's own clock; null before the first hop
     * @param bytesBehind WAL of that side that is not worked off; null if there is no slot, or the
     *     side cannot be asked
     * @param walRetainedBytes WAL that it keeps for the slot; likewise
     * @param slotState {@code reserved}, {@code extended}, {@code unreserved} or {@code lost};
     *     {@code gone} if there is no slot any more; null if it is still to be made, or the side
     *     cannot be asked
     * @param oldestSnapshotSeconds for how long our oldest transaction on the source is open: what
     *     VACUUM cannot remove there because of us is as old; 0 if there is none; null if the side
     *     cannot be asked
     */
    public record Live(
            String written,
            String slot,
            @Nullable Double secondsBehind,
            @Nullable Long bytesBehind,
            @Nullable Long walRetainedBytes,
            @Nullable String slotState,
            @Nullable Double oldestSnapshotSeconds) {}

    /**
     * One entry's copy.
     *
     * @param state {@code waiting}, {@code copying} or {@code copied}
     * @param estimatedRows the planner's estimate, or -1
     */
    public record Entry(
            String entry,
            String source,
            String target,
            String strategy,
            String state,
            long rows,
            long estimatedRows,
            int chunksDone,
            int chunks) {}
}
