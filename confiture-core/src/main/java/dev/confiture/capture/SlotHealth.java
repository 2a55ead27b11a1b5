package dev.confiture.capture;

import dev.confiture.change.Lsn;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a replication slot is.
 *
 * @param activePid the process that sends its changes, or 0
 * @param application what that process' client calls itself, or null
 * @param ours whether it sends changes of this database by pgoutput
 * @param confirmed up to where changes were confirmed, or {@link Lsn#NONE}
 * @param restart from where on the server keeps its WAL for the slot, or {@link Lsn#NONE}
 * @param retainedBytes how much WAL that is
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param safeBytes how much WAL may still be written before the slot is in danger; empty if there
 *     is no limit
 * @param invalidation why the server gave the slot up, if it says so; else empty
 * @param unconfirmedBytes how much WAL was written since what was confirmed
 * @see <a
 *     href="https://www.postgresql.org/docs/current/view-pg-replication-slots.html">pg_replication_slots</a>
 */
public record SlotHealth(
        long activePid,
        @Nullable String application,
        boolean ours,
        Lsn confirmed,
        Lsn restart,
        long retainedBytes,
        String walStatus,
        OptionalLong safeBytes,
        String invalidation,
        long unconfirmedBytes) {
    /** Empty if there is no such slot. */
    public static Optional<SlotHealth> of(Session source, String slot) {
        return source.queryOptional(SqlText.named("capture/find_slot"), SlotHealth::of, slot);
    }

    private static SlotHealth of(Row row) {
        return new SlotHealth(
                row.number(1),
                row.textOrNull(2),
                row.text(3).equals("pgoutput") && row.truth(4),
                position(row.textOrNull(5)),
                position(row.textOrNull(6)),
                row.number(7),
                row.text(8),
                row.truth(9) ? OptionalLong.of(row.number(10)) : OptionalLong.empty(),
                row.text(11),
                row.number(12));
    }

    private static Lsn position(@Nullable String text) {
        return text == null ? Lsn.NONE : Lsn.parse(text);
    }

    /** Whether the server has thrown away what the slot would have sent. */
    public boolean isLost() {
        return walStatus.equals("lost") || !invalidation.isEmpty();
    }

    /** Whether the server may throw it away at its next checkpoint. */
    public boolean isInDanger() {
        return walStatus.equals("unreserved");
    }
}
