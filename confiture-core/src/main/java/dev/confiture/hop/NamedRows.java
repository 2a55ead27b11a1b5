package dev.confiture.hop;

import dev.confiture.catalog.TableName;
import dev.confiture.change.KeyBatches;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.Session;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Rows of an entry that changed keys name, for somebody who only looks at them.
 *
 * @param wanted a condition over the columns of the entry's driving table
 * @param stored a condition over the target table, which is called {@code t}
 */
public record NamedRows(Derivation entry, String wanted, String stored) {
    /**
     * Finds them, some at a time, just as a hop would.
     *
     * @param source a session inside the snapshot of a hop
     */
    public static void find(
            HopPlan plan, KeyBatches changes, Session source, Consumer<NamedRows> reader) {
        Set<TableName> renewed = renewed(plan, changes);
        changes.forEach(
                (table, keys) -> {
                    for (EntryHop entry : plan.entries()) {
                        if (!renewed.contains(entry.rows().target().name())) {
                            Consumer<Affected> named =
                                    it -> reader.accept(entry.rows().named(source, it));
                            entry.ways()
                                    .getOrDefault(table, List.of())
                                    .forEach(way -> way.follow(source, keys, named));
                        }
                    }
                });
    }

    /** The target tables of which every row was made anew. */
    public static Set<TableName> renewed(HopPlan plan, KeyBatches changes) {
        Set<TableName> renewed = new TreeSet<>();
        plan.entries().stream()
                .filter(entry -> changes.wholeTables().stream().anyMatch(entry.ways()::containsKey))
                .forEach(entry -> renewed.add(entry.rows().target().name()));
        return renewed;
    }
}
