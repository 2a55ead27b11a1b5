package dev.confiture.verify;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.mapping.CopyFormat;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.postgres.CopyPipe;
import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    private final Session source;
    private final Session target;
    private final Paths paths;
    private final OnDifference onDifference;
    private final StopSignal stop;

    private SliceComparison(
            Session source,
            Session target,
            Paths paths,
            OnDifference onDifference,
            StopSignal stop) {
        this.source = source;
        this.target = target;
        this.paths = paths;
        this.onDifference = onDifference;
        this.stop = stop;
    }

    /** Who sets the search_path that the SQL of a mapping runs under. */
    private enum Paths {
        ARE_SET,
        BY_ENTRY
    }

    /**
     * At the end of a hop, under the paths that it runs under.
     *
     * @param source inside the hop's snapshot
     * @param target inside the hop's transaction
     */
    public static SliceComparison atBoundary(
            Session source, Session target, OnDifference onDifference, StopSignal stop) {
        return new SliceComparison(source, target, Paths.ARE_SET, onDifference, stop);
    }

    /**
     * Of a source that rests.
     *
     * @param source inside a snapshot
     * @param target inside a snapshot, in a transaction that may make temporary tables
     */
    static SliceComparison ofSnapshots(Session source, Session target, StopSignal stop) {
        return new SliceComparison(source, target, Paths.BY_ENTRY, OnDifference.REPORT, stop);
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

    /** Counts the rows of the table and those that its entries should give. */
    public Compared count(ComparedTable table) {
        Slice all = table.everything();
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

    /** The same, and never changes anything. */
    Compared onlyLook(ComparedTable table, Slice slice, Differences differences) {
        return look(table, slice, PARTS_OF_A_CHUNK, differences);
    }

    private Compared compare(ComparedTable table, Slice slice, int parts, Differences differences) {
        Differences found = new Differences();
        Compared compared = look(table, slice, parts, found);
        differences.add(found);
        if (found.isEmpty() || onDifference == OnDifference.REPORT) {
            return compared;
        }
        new RepairQuery(table).statements().forEach(target::execute);
        Differences left = new Differences();
        Compared repaired = look(table, slice, parts, left);
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
        return repaired;
    }

    private Compared look(ComparedTable table, Slice slice, int parts, Differences differences) {
        RowHash hash = new RowHash(parts, table.encodingsDiffer());
        BothSides<List<Digest>> digests =
                BothSides.read(
                        new BothSides.Side<>(
                                source,
                                () -> wanted(source, Evaluation.SOURCE, table, slice, hash)),
                        new BothSides.Side<>(target, () -> onTarget(table, slice, hash)),
                        stop);
        Digest stored = digests.target().getLast();
        List<Digest> wanted = new ArrayList<>(digests.source());
        wanted.addAll(digests.target().subList(0, digests.target().size() - 1));
        Digest sum = Digest.sum(wanted);
        Set<Integer> differing = sum.differing(stored);
        if (!differing.isEmpty()) {
            lookAt(table, slice, hash, differing);
            read(table, differences);
        }
        return new Compared(sum.rows(), stored.rows());
    }

    private List<Digest> onTarget(ComparedTable table, Slice slice, RowHash hash) {
        List<Digest> digests =
                new ArrayList<>(wanted(target, Evaluation.TARGET, table, slice, hash));
        digests.add(RowHash.read(target, table.digest(hash, slice)));
        return digests;
    }

    private List<Digest> wanted(
            Session session, Evaluation place, ComparedTable table, Slice slice, RowHash hash) {
        return slice.wanted().stream()
                .filter(wanted -> wanted.entry().lineage().evaluation() == place)
                .map(
                        wanted ->
                                underItsPath(
                                        session,
                                        wanted.entry(),
                                        () -> RowHash.read(session, table.digest(hash, wanted))))
                .toList();
    }

    private void lookAt(ComparedTable table, Slice slice, RowHash hash, Set<Integer> parts) {
        DifferenceQuery query = new DifferenceQuery(table);
        target.execute("DROP TABLE IF EXISTS " + DifferenceQuery.WANTED);
        target.execute("DROP TABLE IF EXISTS " + DifferenceQuery.FOUND);
        target.execute(query.createWanted());
        for (Slice.Wanted wanted : slice.wanted()) {
            stop.check();
            bring(table, wanted, hash, parts);
        }
        target.execute(query.createFound(hash, slice, parts));
    }

    private void bring(ComparedTable table, Slice.Wanted wanted, RowHash hash, Set<Integer> parts) {
        Derivation entry = wanted.entry();
        String rows = table.rows(hash, wanted, parts);
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
                        ? row.texts(4).stream()
                                .map(number -> Integer.parseInt(number) - 1)
                                .map(index -> table.columns().get(index).name())
                                .toList()
                        : List.of();
        return new RowDifference(kind, row.text(3), columns);
    }

    /** As the copy does: SQL of the user's may name functions of the schema public. */
    private <T> T underItsPath(Session session, Derivation entry, Supplier<T> work) {
        if (paths == Paths.ARE_SET || !entry.holdsOwnSql()) {
            return work.get();
        }
        session.execute(MappingPath.statement(entry.lineage().evaluation()));
        T result = work.get();
        session.execute("SET LOCAL search_path = ''");
        return result;
    }
}
