package dev.confiture.migration;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.hop.HopPlan;
import dev.confiture.hop.NamedRows;
import dev.confiture.ledger.KeptKeys;
import dev.confiture.ledger.VerifyLedger;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import dev.confiture.verify.ComparedTable;
import dev.confiture.verify.Differences;
import dev.confiture.verify.OnDifference;
import dev.confiture.verify.Slice;
import dev.confiture.verify.SliceComparison;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares, at the end of a hop, exactly the rows that were changed since the last green verify,
 * those of this hop among them. If they are equal, both sides are: then the changes are forgotten
 * in the hop's transaction. If they are not, nothing counts as verified any more.
 */
public final class ChangedRowsProof implements Boundary {
    private final HopPlan plan;
    private final List<ComparedTable> tables;
    private final VerifyLedger ledger;
    private final StopSignal stop;
    private final Map<TableName, Differences> differences = new TreeMap<>();
    private long rows;

    /**
     * @param ledger through the session of the hop's transaction
     */
    ChangedRowsProof(
            HopPlan plan, List<ComparedTable> tables, VerifyLedger ledger, StopSignal stop) {
        this.plan = plan;
        this.tables = List.copyOf(tables);
        this.ledger = ledger;
        this.stop = stop;
    }

    @Override
    public void at(Session source, Session target) {
        differences.clear();
        mustBeKnown();
        SliceComparison comparison =
                SliceComparison.atBoundary(source, target, OnDifference.REPORT, stop);
        KeptKeys changed = ledger.unverifiedKeys();
        Set<TableName> whole = new TreeSet<>(NamedRows.renewed(plan, changed));
        NamedRows.find(
                plan,
                changed,
                source,
                named -> {
                    if (!whole.contains(named.entry().target()) && differs(comparison, named)) {
                        whole.add(named.entry().target());
                    }
                });
        whole.forEach(name -> compare(comparison, table(name)));
        if (differences.isEmpty()) {
            ledger.changedRowsAreGreen();
        } else {
            ledger.foundDifference();
        }
    }

    /** Hops forget which rows were changed when they become too many. */
    private void mustBeKnown() {
        if (ledger.changedKeys().isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.CUTOVER_ABORTED,
                    "so many rows were changed since both sides were last compared that they are"
                            + " no longer known; nothing was changed",
                    ledger.isOfTheWayBack()
                            ? "Run it again: it goes without comparing them, which a rollback does"
                                    + " not need to be exact."
                            : "Run `confiture s2s verify`, and this again soon after it.");
        }
    }

    /**
     * Whether named rows of one entry differ. A row that has moved from one entry of a table to
     * another is there and not wanted of the one: then only the whole table can tell.
     */
    private boolean differs(SliceComparison comparison, NamedRows named) {
        stop.check();
        ComparedTable table = table(named.entry().target());
        Differences found = new Differences();
        Slice slice =
                new Slice(List.of(new Slice.Wanted(named.entry(), named.wanted())), named.stored());
        rows += comparison.some(table, slice, found).stored();
        if (found.isEmpty()) {
            return false;
        }
        if (table.entries().size() > 1) {
            return true;
        }
        differences.computeIfAbsent(named.entry().target(), any -> new Differences()).add(found);
        return false;
    }

    private void compare(SliceComparison comparison, ComparedTable table) {
        stop.check();
        Differences found = new Differences();
        rows += comparison.everything(table, found).stored();
        if (!found.isEmpty()) {
            differences.put(table.target().name(), found);
        }
    }

    private ComparedTable table(TableName name) {
        return tables.stream()
                .filter(table -> table.target().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What differed at the last boundary, by target table; empty if both sides are equal. */
    public Map<TableName, Differences> differences() {
        return Map.copyOf(differences);
    }

    /** How many rows of the target were compared. */
    public long rows() {
        return rows;
    }
}
