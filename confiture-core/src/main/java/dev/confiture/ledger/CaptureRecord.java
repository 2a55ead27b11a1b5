package dev.confiture.ledger;

import dev.confiture.change.CapturedTable;
import dev.confiture.change.Lsn;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of the live capture.
 *
 * @param publicationVersion which of its forms the publication had then, or null before
 * @param timeline of the source when the slot was made, or null before
 * @param position up to where every change is on the target, or kept as a changed key; null until
 *     the slot is made and its barrier is passed, so that a slot that is found then is worth
 *     nothing
 * @param tables which tables the publication holds
 */
public record CaptureRecord(
        String slot,
        String publication,
        @Nullable String publicationVersion,
        @Nullable String timeline,
        @Nullable Lsn position,
        List<CapturedTable> tables) {
    public CaptureRecord {
        tables = List.copyOf(tables);
    }

    /** The position, once there is one. */
    public Lsn reached() {
        return Objects.requireNonNull(position, "capture was not begun");
    }

    /** Whether changes are captured, so that rows may be copied. */
    public boolean begun() {
        return position != null;
    }
}
