package dev.confiture.inverse;

import dev.confiture.catalog.Catalog;
import dev.confiture.error.ConfitureException;
import dev.confiture.lineage.ServerProbe;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Mapping;
import dev.confiture.mapping.MappingResolver;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.mapping.SqlProbe;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way back as it is run: the inverse mapping, held against the two databases with their ends
 * swapped.
 *
 * @param mapping entries that read the new tables and feed the old ones
 * @param columns what comes back of each column of the old tables that the mapping is driven by
 * @param impossible old tables that would not be kept in step, each with what to add; none of them
 *     is among the entries
 */
public record WayBackPlan(
        ResolvedMapping mapping, List<ColumnWayBack> columns, List<NoWayBack> impossible) {
    public WayBackPlan {
        columns = List.copyOf(columns);
        impossible = List.copyOf(impossible);
    }

    /**
     * Turns a mapping round and holds it against both databases.
     *
     * @param mapping the way there
     * @param old the catalog of the old database, to which the way leads
     */
    public static WayBackPlan of(
            List<Derivation> mapping,
            Catalog old,
            Catalog made,
            Session oldSession,
            Session newSession) {
        SqlProbe there = new ServerProbe(oldSession, newSession, old);
        SqlProbe back = new ServerProbe(newSession, oldSession, made);
        return of(InverseMapping.of(mapping, old, made, there), old, made, back);
    }

    /**
     * Resolves the inverse entry by entry, so that what is wrong with one is said of its table.
     *
     * @param probe asks the servers, the new one as the source
     */
    static WayBackPlan of(InverseMapping inverse, Catalog old, Catalog made, SqlProbe probe) {
        List<Derivation> derivations = new ArrayList<>();
        List<NoWayBack> impossible = new ArrayList<>(inverse.impossible());
        List<ColumnWayBack> columns = new ArrayList<>(inverse.columns());
        for (TurnedEntry turned : inverse.entries()) {
            Mapping.Entry entry = turned.entry();
            try {
                for (Derivation plain : resolve(entry, old, made, probe).derivations()) {
                    TurnedEntry.Checked checked = turned.check(plain, made, probe);
                    derivations.add(checked.derivation());
                    columns.replaceAll(column -> mayAlter(column, plain, checked.unchecked()));
                }
            } catch (ConfitureException refused) {
                impossible.add(
                        new NoWayBack(
                                entry.target(),
                                "cannot be fed from "
                                        + entry.source().display()
                                        + ": "
                                        + TurnedWords.of(refused.getMessage()),
                                hint(refused.hint())));
            }
        }
        return new WayBackPlan(
                new ResolvedMapping(derivations, List.of(), List.of()), columns, impossible);
    }

    private static ColumnWayBack mayAlter(
            ColumnWayBack column, Derivation entry, Map<String, String> unchecked) {
        return column.table().equals(entry.target())
                        && column.way() == WayBack.LOSSLESS
                        && unchecked.containsKey(column.column())
                ? new ColumnWayBack(
                        column.table(),
                        column.column(),
                        WayBack.MAY_ALTER,
                        unchecked.get(column.column()))
                : column;
    }

    private static ResolvedMapping resolve(
            Mapping.Entry entry, Catalog old, Catalog made, SqlProbe probe) {
        return MappingResolver.resolve(
                new Mapping("", List.of(entry), null, List.of(), false), made, old, probe);
    }

    private static String hint(@Nullable String hint) {
        return hint == null ? "Correct what the entry says under reverse." : TurnedWords.of(hint);
    }
}
