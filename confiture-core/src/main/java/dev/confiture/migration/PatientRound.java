package dev.confiture.migration;

import dev.confiture.capture.SlotHealth;
import java.time.Duration;
import java.util.Optional;

/**
 * Leaves changes in the source's log until it is much (1 GB, system property {@code
 * confiture.waitingBytes}), and keeps them then. All at once they cost the source a third of what
 * they cost one by one: see decision 19.
 */
final class PatientRound implements Runnable {
    /** No more than one query takes out of the log at once. */
    private static final long MOST_BYTES = Long.getLong("confiture.waitingBytes", 1L << 30);

    /** Of what the source may keep in all. */
    private static final int PARTS_OF_BUDGET = 4;

    /** What may be read once more each time. */
    private static final long FAR_BYTES = 256L << 20;

    private static final int FAR_PARTS_OF_BUDGET = 16;

    /**
     * The slot holds back the cleaning of the source's catalog, and a server may give up one that
     * nobody has used for long (idle_replication_slot_timeout).
     */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final KeepRound round;
    private final String slot;
    private final long most;
    private final long far;
    private long lastTime = System.nanoTime();

    /**
     * @param round whose intake rests
     * @param maxWal bytes of WAL that the source may keep because of us
     */
    PatientRound(KeepRound round, String slot, long maxWal) {
        this.round = round;
        this.slot = slot;
        this.most = Math.min(MOST_BYTES, maxWal / PARTS_OF_BUDGET);
        this.far = Math.min(FAR_BYTES, maxWal / FAR_PARTS_OF_BUDGET);
    }

    @Override
    public void run() {
        round.budget().check(round.source());
        if (round.intake().rests() && !isTime()) {
            return;
        }
        round.intake().begin();
        round.keep();
        if (mayRest()) {
            round.intake().rest();
        }
        lastTime = System.nanoTime();
    }

    private boolean isTime() {
        Optional<SlotHealth> health = SlotHealth.of(round.source(), slot);
        return System.nanoTime() - lastTime > LONGEST.toNanos()
                || health.map(SlotHealth::unconfirmedBytes).orElse(Long.MAX_VALUE) > most
                || !isSafe(health);
    }

    /**
     * Every beginning reads the log from where the slot's oldest open transaction began. If that is
     * long ago, it is cheaper to stay, and to be sent each change for itself. What this round has
     * confirmed the slot does not show yet, so one reading may be long before this is noticed.
     */
    private boolean mayRest() {
        Optional<SlotHealth> health = SlotHealth.of(round.source(), slot);
        return isSafe(health)
                && health.map(it -> it.retainedBytes() - it.unconfirmedBytes()).orElse(0L) < far;
    }

    /** Of a slot that is gone or lost whoever reads from it says so. */
    private static boolean isSafe(Optional<SlotHealth> health) {
        return health.filter(it -> !it.isLost() && !it.isInDanger())
                .filter(it -> it.safeBytes().orElse(Long.MAX_VALUE) > it.retainedBytes())
                .isPresent();
    }
}
