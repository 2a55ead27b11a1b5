package dev.confiture.ledger;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;

/**
 * Keeps a second controller away: a session-level advisory lock in the target database. It is gone
 * with its session, however that ends, so a killed run never blocks the next one for longer than
 * the server needs to notice.
 */
public final class ControllerLock {
    /** "conf" in ASCII. */
    private static final long KEY = 0x636f6e66L;

    private ControllerLock() {}

    /**
     * Takes the lock for as long as the session lives, or says who has it. The session of a command
     * that has just ended may live a moment longer than the command.
     */
    public static void take(Session target) {
        target.execute("SET lock_timeout = '2s'");
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
