package dev.confiture.hop;

import dev.confiture.postgres.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets each row of an entry be derived only once in a hop, though several changes may lead to it.
 * The keys are remembered in memory as long as they are few, from then on in a temporary table of
 * the target.
 */
final class SeenKeys {
    private static final int IN_MEMORY = 100_000;

    private final Session target;
    private final Set<Seen> memory = new HashSet<>();
    private boolean full;

    SeenKeys(Session target) {
        this.target = target;
    }

    private record Seen(int entry, String key) {}

    /** Those of the keys to read by that were not given before for this entry. */
    List<String> fresh(int entry, List<String> keys) {
        if (!full && memory.size() + keys.size() > IN_MEMORY) {
            createTable();
        }
        List<String> unseen =
                keys.stream().filter(key -> !memory.contains(new Seen(entry, key))).toList();
        if (full) {
            return store(entry, unseen);
        }
        return unseen.stream().filter(key -> memory.add(new Seen(entry, key))).toList();
    }

    private void createTable() {
        target.execute(
                "CREATE TEMPORARY TABLE IF NOT EXISTS confiture_seen_keys"
                        + " (entry integer, key text) ON COMMIT DELETE ROWS");
        // A key may be longer than an index entry may be.
        target.execute(
                "CREATE UNIQUE INDEX IF NOT EXISTS confiture_seen_keys_key"
                        + " ON pg_temp.confiture_seen_keys (entry, md5(key))");
        full = true;
    }

    private List<String> store(int entry, List<String> keys) {
        return target.query(
                "INSERT INTO pg_temp.confiture_seen_keys (entry, key)"
                        + " SELECT ?::integer, key FROM unnest(?::text[]) AS key"
                        + " ON CONFLICT DO NOTHING RETURNING key",
                row -> row.text(1),
                entry,
                keys);
    }
}
