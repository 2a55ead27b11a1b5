package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.CopyFormat;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.postgres.CopyPipe;
import dev.confiture.postgres.PlannedCost;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Compares rows of one target table with what its entries give at the same moment. Each server
 * hashes its own rows, and only figures travel. Where they differ the wanted rows are brought to
 * the target, by the way that the copy brings them, and the target says in which rows and columns
 * both differ: so a difference is never due to how a server writes a value.
 */
public final class SliceComparison {
    /** Keeps a whole table's worth of rows from travelling because of one. */
    private static final int PARTS_OF_MANY_ROWS = 1024;

    private static final int PARTS_OF_A_CHUNK = 64;

    /** What finding so many ranges may cost together is what reading all rows costs once. */
    private static final int RANGES_FOR_ONE_READING = 50;

    private final Session source;
    private final Session target;
    private final SearchPaths paths;
    private final OnDifference onDifference;
    private final StopSignal stop;

    private SliceComparison(
            Session source,
            Session target,
            SearchPaths paths,
            OnDifference onDifference,
            StopSignal stop) {
        this.source = source;
        this.target = target;
        this.paths = paths;
        this.onDifference = onDifference;
        this.stop = stop;
    }

    /**
     * At the end of a hop, under the paths that it runs under.
     *
     * @param source inside the hop's snapshot
     * @param target inside the hop's transaction
     */
    public static SliceComparison atBoundary(
            Session source, Session target, OnDifference onDifference, StopSignal stop) {
        return new SliceComparison(source, target, SearchPaths.OF_THE_HOP, onDifference, stop);
    }

    /**
     * Of a source that rests.
     *
     * @param source inside a snapshot
     * @param target inside a snapshot, in a transaction that may make temporary tables
     */
    static SliceComparison ofSnapshots(Session source, Session target, StopSignal stop) {
        return new SliceComparison(source, target, SearchPaths.BY_ENTRY, OnDifference.REPORT, stop);
    }

    /** Whether nobody waits for it: both sides are held in one snapshot until all is done. */
    boolean isAtRest() {
        return paths == SearchPaths.BY_ENTRY;
    }

    /** Rows that were compared. */
    public record Compared(long wanted, long stored) {}

    /** Compares all rows of the table. */
    public Compared everything(ComparedTable table, Differences differences) {
        return compare(table, table.everything(), PARTS_OF_MANY_ROWS, differences);
    }

    /**
     * Compares some rows.
     *
     * @param differences takes what differs
     */
    public Compared some(ComparedTable table, Slice slice, Differences differences) {
        return compare(table, slice, PARTS_OF_A_CHUNK, differences);
    }

    /**
     * Whether a range costs no more than its rows are worth, as it does where an index leads to
     * them.
     *
     * @param none a range of no rows
     * @param rest all that is left to compare
     */
    boolean canBeCut(ComparedTable table, Slice none, Slice rest) {
        return cost(table, none) * RANGES_FOR_ONE_READING <= cost(table, rest);
    }

    private double cost(ComparedTable table, Slice slice) {
        return slice.wanted().stream()
                .filter(wanted -> wanted.entry().lineage().evaluation() == Evaluation.SOURCE)
                .mapToDouble(
                        wanted ->
                                underItsPath(
                                        source,
                                        wanted.entry(),
                                        () ->
                                                PlannedCost.of(
                                                        source,
                                                        table.digest(RowHash.UNDIVIDED, wanted))))
                .sum();
    }

    /** Counts the rows of the table and those that its entries should give. */
    public Compared count(ComparedTable table) {
        Slice all = readable(table, table.everything());
        BothSides<List<Long>> counts =
                BothSides.read(
                        new BothSides.Side<>(
                                source, () -> counts(source, Evaluation.SOURCE, table, all)),
                        new BothSides.Side<>(
                                target,
                                () -> {
                                    List<Long> onTarget =
                                            new ArrayList<>(
                                                    counts(target, Evaluation.TARGET, table, all));
                                    onTarget.add(count(target, table.count(all)));
                                    return onTarget;
                                }),
                        stop);
        List<Long> onTarget = counts.target();
        long wanted =
                Stream.concat(
                                counts.source().stream(),
                                onTarget.subList(0, onTarget.size() - 1).stream())
                        .mapToLong(Long::longValue)
                        .sum();
        return new Compared(wanted, onTarget.getLast());
    }

    private List<Long> counts(Session session, Evaluation place, ComparedTable table, Slice slice) {
        return slice.wanted().stream()
                .filter(wanted -> wanted.entry().lineage().evaluation() == place)
                .map(
                        wanted ->
                                underItsPath(
                                        session,
                                        wanted.entry(),
                                        () -> count(session, table.count(wanted))))
                .toList();
    }

    private static long count(Session session, String query) {
        return session.select(query, row -> row.number(1)).getFirst();
    }

    /** What the target evaluates is brought to it, if the source goes on meanwhile. */
    private Slice readable(ComparedTable table, Slice slice) {
        return paths == SearchPaths.OF_THE_HOP
                ? StagedSlice.of(table, slice, source, target)
                : slice;
    }

    /** The same, and never changes anything. */
    Compared onlyLook(ComparedTable table, Slice chunk, Differences differences) {
        Slice slice = readable(table, chunk);
        Compared compared = look(table, slice, PARTS_OF_A_CHUNK, differences);
        PartlyFedColumns.of(table).forEach(columns -> look(columns, slice, differences));
        return compared;
    }

    private Compared compare(ComparedTable table, Slice chunk, int parts, Differences differences) {
        Slice slice = readable(table, chunk);
        Compared compared = compareWhole(table, slice, parts, differences);
        PartlyFedColumns.of(table).forEach(columns -> compare(columns, slice, differences));
        return compared;
    }

    private Compared compareWhole(
            ComparedTable table, Slice slice, int parts, Differences differences) {
        Differences found = new Differences();
        Compared compared = look(table, slice, parts, found);
        differences.add(found);
        if (found.isEmpty() || onDifference == OnDifference.REPORT) {
            return compared;
        }
        new RepairQuery(table).statements().forEach(target::execute);
        Differences left = new Differences();
        Compared repaired = look(table, slice, parts, left);
        mustBeRepaired(table, left);
        return repaired;
    }

    private void compare(PartlyFedColumns columns, Slice slice, Differences differences) {
        Differences found = new Differences();
        look(columns, slice, found);
        differences.add(found);
        if (found.isEmpty() || onDifference == OnDifference.REPORT) {
            return;
        }
        target.execute(columns.repair(slice));
        Differences left = new Differences();
        look(columns, slice, left);
        mustBeRepaired(columns.part(), left);
    }

    private static void mustBeRepaired(ComparedTable table, Differences left) {
        if (!left.isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.TARGET_FAILED,
                    "rows of "
                            + table.target().name().display()
                            + " differ again after they were repaired, the first with key "
                            + left.rows().getFirst().key(),
                    "Look for a trigger or a rule on the target that changes rows. Nothing was"
                            + " written.");
        }
    }

    private Compared look(ComparedTable table, Slice slice, int parts, Differences differences) {
        Pair pair = digests(table, slice, RowHash.UNDIVIDED);
        if (!pair.isEqual()) {
            RowHash hash = new RowHash(parts);
            Set<Integer> differing = digests(table, slice, hash).differing();
            bringAll(table, slice, hash, differing);
            target.execute(new DifferenceQuery(table).createFound(hash, slice, differing));
            read(table, differences);
        }
        return new Compared(pair.wanted().rows(), pair.stored().rows());
    }

    private Pair digests(ComparedTable table, Slice slice, RowHash hash) {
        return digests(slice, wanted -> table.digest(hash, wanted), table.digest(hash, slice));
    }

    private void look(PartlyFedColumns columns, Slice whole, Differences differences) {
        Slice slice = columns.slice(whole);
        RowHash hash = RowHash.UNDIVIDED;
        Pair pair =
                digests(slice, wanted -> columns.digest(hash, wanted), columns.digest(hash, slice));
        if (pair.isEqual()) {
            return;
        }
        bringAll(columns.part(), slice, hash, Set.of(0));
        List<Long> totals =
                target.select(
                        columns.differing(slice, Differences.NAMED),
                        row -> {
                            differences.name(
                                    new RowDifference(
                                            RowDifference.Kind.DIFFERENT,
                                            row.text(2),
                                            names(columns.columns(), row.texts(3))));
                            return row.number(1);
                        });
        totals.stream()
                .findFirst()
                .ifPresent(total -> differences.count(RowDifference.Kind.DIFFERENT, total));
    }

    /** What all entries give together, and what is there. */
    private record Pair(Digest wanted, Digest stored) {
        Set<Integer> differing() {
            return wanted.differing(stored);
        }

        boolean isEqual() {
            return differing().isEmpty();
        }
    }

    /**
     * @param wanted the query for what an entry gives
     */
    private Pair digests(Slice slice, Function<Slice.Wanted, String> wanted, String stored) {
        BothSides<List<Digest>> digests =
                BothSides.read(
                        new BothSides.Side<>(
                                source, () -> wanted(source, Evaluation.SOURCE, slice, wanted)),
                        new BothSides.Side<>(
                                target,
                                () -> {
                                    List<Digest> onTarget =
                                            new ArrayList<>(
                                                    wanted(
                                                            target,
                                                            Evaluation.TARGET,
                                                            slice,
                                                            wanted));
                                    onTarget.add(RowHash.read(target, stored));
                                    return onTarget;
                                }),
                        stop);
        List<Digest> onTarget = digests.target();
        List<Digest> all = new ArrayList<>(digests.source());
        all.addAll(onTarget.subList(0, onTarget.size() - 1));
        return new Pair(Digest.sum(all), onTarget.getLast());
    }

    private List<Digest> wanted(
            Session session, Evaluation place, Slice slice, Function<Slice.Wanted, String> query) {
        return slice.wanted().stream()
                .filter(wanted -> wanted.entry().lineage().evaluation() == place)
                .map(
                        wanted ->
                                underItsPath(
                                        session,
                                        wanted.entry(),
                                        () -> RowHash.read(session, query.apply(wanted))))
                .toList();
    }

    private void bringAll(ComparedTable table, Slice slice, RowHash hash, Set<Integer> parts) {
        target.execute("DROP TABLE IF EXISTS " + DifferenceQuery.WANTED);
        target.execute("DROP TABLE IF EXISTS " + DifferenceQuery.FOUND);
        target.execute(new DifferenceQuery(table).createWanted());
        for (Slice.Wanted wanted : slice.wanted()) {
            stop.check();
            bring(table, wanted, hash, parts);
        }
    }

    private void bring(ComparedTable table, Slice.Wanted wanted, RowHash hash, Set<Integer> parts) {
        Derivation entry = wanted.entry();
        String rows = table.rows(hash, wanted, parts);
        if (table.isShared()) {
            target.execute(new DifferenceQuery(table).expect(entry));
        }
        String into = DifferenceQuery.WANTED + " " + entry.targetColumns();
        if (entry.lineage().evaluation() == Evaluation.TARGET) {
            underItsPath(target, entry, () -> target.execute("INSERT INTO " + into + " " + rows));
            return;
        }
        String options = CopyFormat.of(entry, table.target()).options();
        underItsPath(
                source,
                entry,
                () ->
                        CopyPipe.run(
                                source,
                                "COPY (" + rows + "\n) TO STDOUT " + options,
                                target,
                                "COPY " + into + " FROM STDIN " + options));
    }

    private void read(ComparedTable table, Differences differences) {
        target.select(
                DifferenceQuery.name(Differences.NAMED),
                row -> {
                    RowDifference found = difference(table, row);
                    if (row.number(5) == 1) {
                        differences.count(found.kind(), row.number(2));
                    }
                    differences.name(found);
                    return row;
                });
    }

    private static RowDifference difference(ComparedTable table, Row row) {
        RowDifference.Kind kind = RowDifference.Kind.valueOf(row.text(1));
        List<String> columns =
                kind == RowDifference.Kind.DIFFERENT
                        ? names(table.columns(), row.texts(4))
                        : List.of();
        return new RowDifference(kind, row.text(3), columns);
    }

    /**
     * @param numbers of columns, from 1
     */
    private static List<String> names(List<Column> columns, List<String> numbers) {
        return numbers.stream()
                .map(number -> columns.get(Integer.parseInt(number) - 1).name())
                .toList();
    }

    private <T> T underItsPath(Session session, Derivation entry, Supplier<T> work) {
        Evaluation place = session.equals(source) ? Evaluation.SOURCE : Evaluation.TARGET;
        return paths.under(session, place, entry, work);
    }
}
