package dev.confiture.ledger;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.StopSignal;
import java.time.Duration;

/**
 * Keeps a second controller away: a session-level advisory lock in the target database. It is gone
 * with its session, however that ends, so a killed run never blocks the next one for longer than
 * the server needs to notice.
 */
public final class ControllerLock {
    /** "conf" in ASCII. */
    private static final long KEY = 0x636f6e66L;

    private static final Duration HAND_BACK_POLL = Duration.ofMillis(200);

    /** `follow` gives the lock away at the end of a hop; others do not before they have ended. */
    private static final String PATIENCE = "SET lock_timeout = '2s'";

    private static final String PATIENCE_WITH_FOLLOW = "SET lock_timeout = '60s'";

    private ControllerLock() {}

    /**
     * Takes the lock for as long as the session lives, or says who has it. The session of a command
     * that has just ended may live a moment longer than the command.
     */
    public static void take(Session target) {
        target.execute(holder(target).contains("follow") ? PATIENCE_WITH_FOLLOW : PATIENCE);
        try {
            target.query("SELECT pg_advisory_lock(?::int, 0)", row -> row.textOrNull(1), KEY);
        } catch (SqlFailure failure) {
            if (!failure.is(SqlState.LOCK_NOT_AVAILABLE)) {
                throw failure;
            }
            throw new ConfitureException(
                    ErrorCode.ALREADY_RUNNING,
                    "another Confiture command is working on this target" + holder(target),
                    "Wait until it has ended, or stop it; `status` shows what it is doing.",
                    failure);
        }
        target.execute("SET lock_timeout = 0");
    }

    /** Whether another command waits for the lock at this moment. */
    public static boolean isAwaited(Session target) {
        return target.queryOne(
                SqlText.named("ledger/find_waiting_controller"), row -> row.truth(1), KEY);
    }

    /**
     * Lets the command that waits have the lock, and returns when it is back with this session; or
     * as soon as a stop is asked for, and then perhaps without the lock: nothing may be written any
     * more.
     */
    public static void handOver(Session target, StopSignal stop) {
        target.query("SELECT pg_advisory_unlock(?::int, 0)", row -> row.truth(1), KEY);
        boolean back = false;
        while (!back && !stop.isRequested()) {
            // The other one may not have it yet: whoever asked first gets it first.
            back = !isAwaited(target) && tryAgain(target);
            stop.await(HAND_BACK_POLL);
        }
    }

    private static boolean tryAgain(Session target) {
        return target.queryOne("SELECT pg_try_advisory_lock(?::int, 0)", row -> row.truth(1), KEY);
    }

    /** Whether some session holds the lock at this moment. */
    public static boolean isHeld(Session target) {
        return !target.query(SqlText.named("ledger/find_controller"), row -> row.text(1), KEY)
                .isEmpty();
    }

    private static String holder(Session target) {
        return target
                .query(
                        SqlText.named("ledger/find_controller"),
                        row ->
                                " ("
                                        + row.text(2)
                                        + " from "
                                        + row.text(3)
                                        + ", server process "
                                        + row.text(1)
                                        + ")",
                        KEY)
                .stream()
                .findFirst()
                .orElse("");
    }
}
