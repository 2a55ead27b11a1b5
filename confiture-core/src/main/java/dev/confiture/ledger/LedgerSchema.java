package dev.confiture.ledger;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;

/**
 * The schema {@code confiture}: on the target made before anything else and dropped after it; on
 * the old database as long as a part of the ledger, or the fence of a cutover, lies there.
 */
public final class LedgerSchema {
    private static final String MARK = "The ledger of a Confiture migration";

    private LedgerSchema() {}

    /** Whether the schema is there and ours. */
    public static boolean exists(Session target) {
        return target.queryOptional(
                        "SELECT coalesce(obj_description(oid, 'pg_namespace'), '')"
                                + " FROM pg_namespace WHERE nspname = 'confiture'",
                        row -> row.text(1))
                .map(
                        comment -> {
                            if (!comment.equals(MARK)) {
                                throw notOurs();
                            }
                            return true;
                        })
                .orElse(false);
    }

    private static ConfitureException notOurs() {
        return new ConfitureException(
                ErrorCode.TARGET_UNSUPPORTED,
                "the target already has a schema confiture that is not a ledger of Confiture",
                "Rename that schema: Confiture keeps its ledger under this name.");
    }

    /** Makes the schema, part of the caller's transaction. */
    public static void create(Session target) {
        target.execute("CREATE SCHEMA confiture");
        target.execute("COMMENT ON SCHEMA confiture IS '" + MARK + "'");
    }

    /** Whether nothing is in it any more, neither a table nor a function. */
    static boolean isEmpty(Session session) {
        return session.queryOne(SqlText.named("ledger/find_own_objects"), row -> !row.truth(1));
    }

    /** Drops the schema with all of the ledger; true if there was one. */
    public static boolean drop(Session target) {
        if (!exists(target)) {
            return false;
        }
        target.inWritingTransaction(() -> target.execute("DROP SCHEMA confiture CASCADE"));
        return true;
    }
}
