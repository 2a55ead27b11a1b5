package dev.confiture.hop;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How changes of the source's tables lead to rows of the target, for all entries of a mapping. */
public final class HopPlan {
    private final List<EntryHop> entries;
    private final Portion portion;
    private final Lookup lookup;

    private HopPlan(List<EntryHop> entries, Portion portion, Lookup lookup) {
        this.entries = List.copyOf(entries);
        this.portion = portion;
        this.lookup = lookup;
    }

    /** How many rows are derived by one statement. */
    public enum Portion {
        /** As many as are there. */
        MANY,
        /** One, so that the row is known at which it fails. */
        ONE
    }

    /** How the rows of the target are found that are to be derived anew. */
    public enum Lookup {
        /** Key by key. */
        BY_INDEX,
        /** By reading the table once for many keys, since there is no index. */
        BY_SCAN
    }

    /** The same plan, run in other portions. */
    public HopPlan in(Portion other) {
        return new HopPlan(entries, other, lookup);
    }

    /** The same plan for a target that has, or has not, indexes on the keys. */
    public HopPlan finding(Lookup other) {
        return new HopPlan(entries, portion, other);
    }

    Portion portion() {
        return portion;
    }

    Lookup lookup() {
        return lookup;
    }

    /**
     * Works out the ways.
     *
     * @param captured every table that one of the entries reads
     * @param session a session of the source, outside a transaction
     */
    public static HopPlan of(
            List<Derivation> derivations,
            List<CapturedTable> captured,
            Catalog source,
            Catalog target,
            Session session) {
        Map<TableName, CapturedTable> byName =
                captured.stream()
                        .collect(Collectors.toMap(CapturedTable::table, Function.identity()));
        List<EntryHop> entries = new ArrayList<>();
        for (Derivation derivation : derivations) {
            entries.add(
                    new EntryPlanning(
                                    derivation,
                                    source,
                                    target.require(derivation.target()),
                                    byName,
                                    session)
                            .plan(entries.size()));
        }
        return new HopPlan(
                new SharedTargets(entries, session).linked(), Portion.MANY, Lookup.BY_INDEX);
    }

    /** Whether several entries feed the table. */
    boolean isShared(Table target) {
        return entries.stream()
                        .filter(entry -> entry.rows().target().name().equals(target.name()))
                        .count()
                > 1;
    }

    List<EntryHop> entries() {
        return entries;
    }
}
