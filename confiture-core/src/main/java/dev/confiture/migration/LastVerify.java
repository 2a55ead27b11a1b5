package dev.confiture.migration;

import dev.confiture.ledger.VerifyLedger;
import dev.confiture.postgres.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The last time that everything was found equal.
 *
 * @param at when, by the target's clock
 * @param age how long ago that is
 * @param changedKeys how many rows of the source were changed since, a truncated table counting as
 *     one; a {@link ChangedRowsProof} compares them
 */
public record LastVerify(Instant at, Duration age, long changedKeys) {
    /**
     * Empty if there was no complete and green verify of what is migrated now, or if so much was
     * changed since that only another one can tell.
     */
    public static Optional<LastVerify> of(Session control) {
        return VerifyLedger.lastGreen(control)
                .map(green -> new LastVerify(green.at(), green.age(), green.changedKeys()));
    }
}
