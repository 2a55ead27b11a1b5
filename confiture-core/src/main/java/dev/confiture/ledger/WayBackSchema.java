package dev.confiture.ledger;

import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;

/**
 * The part of the ledger that lies in the old database, in schema {@code confiture} there: rows
 * that are carried back and the record of it must be one transaction, and that is a transaction of
 * the old database. What the migration as a whole has come to is in the new one alone.
 */
public final class WayBackSchema {
    private WayBackSchema() {}

    /** Makes what is missing of it. */
    public static void create(Session old, OldSchema schema) {
        old.inWritingTransaction(
                () -> {
                    schema.create(old);
                    old.execute(SqlText.named("ledger/create_capture"));
                    old.execute(SqlText.named("ledger/create_verification"));
                    return old.execute(SqlText.named("ledger/create_way_back"));
                });
    }

    /** Whether it was made. */
    public static boolean exists(Session old) {
        return old.queryOne(
                "SELECT to_regclass('confiture.way_back') IS NOT NULL", row -> row.truth(1));
    }

    /** Drops it, and the schema too if nothing else of ours is in it; true if it was there. */
    public static boolean drop(Session old, OldSchema schema) {
        if (!schema.isIn(old) || !exists(old)) {
            return false;
        }
        old.inWritingTransaction(
                () ->
                        old.execute(
                                "DROP TABLE IF EXISTS confiture.way_back, confiture.changed_key,"
                                        + " confiture.spilled_key, confiture.captured_table,"
                                        + " confiture.capture, confiture.verification,"
                                        + " confiture.verified_table, confiture.unverified_key"));
        schema.dropEmpty(old);
        return true;
    }
}
