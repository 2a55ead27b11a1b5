package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.change.ChangedKeys;
import dev.confiture.postgres.Session;
import java.util.List;
import java.util.Map;

/**
 * Goes once through the keys that are kept when it begins, and takes them out, some by each of the
 * caller's transactions. A key that is kept again afterwards is there again.
 */
public final class KeptKeysPass implements AutoCloseable {
    private static final String CURSOR = "kept_keys_pass";

    private final Ledger ledger;
    private final Session session;
    private final KeptKeys kept;
    private final Map<TableName, Integer> numbers;

    /**
     * Begins.
     *
     * @param kept the changed keys
     * @param numbers what stands for their tables
     */
    KeptKeysPass(Ledger ledger, Session session, KeptKeys kept, Map<TableName, Integer> numbers) {
        this.ledger = ledger;
        this.session = session;
        this.kept = kept;
        this.numbers = Map.copyOf(numbers);
        kept.declare(CURSOR, "NO SCROLL CURSOR WITH HOLD");
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
                            delete(table, keys);
                        });
        return some;
    }

    private void delete(TableName table, List<String> keys) {
        session.update(
                "DELETE FROM confiture.changed_key WHERE table_number = ?"
                        + " AND md5(key) = ANY (ARRAY(SELECT md5(key) FROM unnest(?::text[]) key))",
                numbers.get(table),
                keys);
    }

    @Override
    public void close() {
        session.execute("CLOSE " + CURSOR);
    }
}
