package dev.confiture.setup;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;

/** Drops an object of ours unless something of the user's depends on it. */
final class Dependents {
    private Dependents() {}

    static void drop(Session target, String statement, String display) {
        try {
            target.execute(statement);
        } catch (SqlFailure failure) {
            if (!failure.is(SqlState.DEPENDENT_OBJECTS_STILL_EXIST)) {
                throw failure;
            }
            throw new ConfitureException(
                    ErrorCode.TARGET_FAILED,
                    display
                            + " cannot be dropped because other objects depend on it. "
                            + failure.getMessage(),
                    "Drop these objects, or make them use the new tables; then run the command"
                            + " again.",
                    failure);
        }
    }
}
