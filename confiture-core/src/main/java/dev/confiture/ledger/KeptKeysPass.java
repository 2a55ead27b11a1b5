package dev.confiture.ledger;

import dev.confiture.change.ChangedKeys;
import dev.confiture.postgres.Session;

/**
 * Goes once through the keys that are kept when it begins, and takes them out, some by each of the
 * caller's transactions. A key that is kept again afterwards is there again.
 */
public final class KeptKeysPass implements AutoCloseable {
    private static final String CURSOR = "kept_keys_pass";

    private final Ledger ledger;
    private final Session session;
    private final KeptKeys kept;

    KeptKeysPass(Ledger ledger, Session session, KeptKeys kept) {
        this.ledger = ledger;
        this.session = session;
        this.kept = kept;
        kept.declare(CURSOR, "WITH HOLD");
    }

    /**
     * The next ones, or none if all were taken. Whoever keeps one of them anew waits for the end of
     * the caller's transaction: until then he could not know that it is gone.
     */
    public ChangedKeys take() {
        ledger.mustHoldEpoch();
        ChangedKeys some = new ChangedKeys();
        kept.fetch(CURSOR)
                .forEach(
                        (table, keys) -> {
                            keys.forEach(key -> some.add(table, key));
                            kept.delete(table, keys);
                        });
        return some;
    }

    @Override
    public void close() {
        session.execute("CLOSE " + CURSOR);
    }
}
