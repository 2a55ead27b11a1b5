package dev.confiture.ledger;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import java.util.Optional;

/**
 * The schema {@code confiture}: on the target made before anything else and dropped after it; on
 * the old database as long as a part of the ledger, or the fence of a cutover, lies there.
 */
public final class LedgerSchema {
    static final String MARK = "The ledger of a Confiture migration";

    private LedgerSchema() {}

    /** Whether the schema is there and ours. */
    public static boolean exists(Session target) {
        return comment(target)
                .map(
                        comment -> {
                            if (!comment.equals(MARK)) {
                                throw notOurs(comment);
                            }
                            return true;
                        })
                .orElse(false);
    }

    /** What is said of the schema; empty if there is none. */
    static Optional<String> comment(Session session) {
        return session.queryOptional(
                "SELECT coalesce(obj_description(oid, 'pg_namespace'), '')"
                        + " FROM pg_namespace WHERE nspname = 'confiture'",
                row -> row.text(1));
    }

    private static ConfitureException notOurs(String comment) {
        if (OldSchema.isMark(comment)) {
            return new ConfitureException(
                    ErrorCode.TARGET_UNSUPPORTED,
                    "the target is the old side of the migration " + OldSchema.named(comment),
                    "End that migration first, with `confiture s2s cleanup` on its target.");
        }
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

    /** Drops the schema with all of the ledger; true if there was one. */
    public static boolean drop(Session target) {
        if (!exists(target)) {
            return false;
        }
        target.inWritingTransaction(() -> target.execute("DROP SCHEMA confiture CASCADE"));
        return true;
    }
}
