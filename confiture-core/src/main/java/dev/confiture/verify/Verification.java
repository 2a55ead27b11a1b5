package dev.confiture.verify;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.TableName;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the row counts of both sides and looks for orphans on the target. Each side is read in
 * one snapshot, both at the same time. Nothing is written.
 */
public final class Verification {
    private final Database source;
    private final Database target;
    private final ProgressListener listener;
    private final StopSignal stop;

    public Verification(
            Database source, Database target, ProgressListener listener, StopSignal stop) {
        this.source = source;
        this.target = target;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Looks at the selected tables and at the foreign keys of these tables.
     *
     * @param selected entries or target tables; empty means all
     * @param takenOff what the migration took off the target and has not brought back as it was: a
     *     key among it that is NOT VALID is so for now, and not because the new schema says so
     */
    public VerifyReport run(
            ResolvedMapping mapping,
            Catalog sourceCatalog,
            Catalog targetCatalog,
            List<String> selected,
            List<RemovedObject> takenOff) {
        SortedMap<TableName, List<Derivation>> tables =
                TableSelection.of(mapping.derivations(), selected);
        try (Session left = source.open("verify");
                Session right = target.open("verify")) {
            BothSides<Figures> figures =
                    BothSides.read(
                            new BothSides.Side<>(
                                    left, () -> sourceFigures(left, tables, sourceCatalog)),
                            new BothSides.Side<>(
                                    right,
                                    () -> targetFigures(right, tables, targetCatalog, takenOff)),
                            stop);
            return new VerifyReport(counts(tables, figures), figures.target().orphans());
        }
    }

    private Figures sourceFigures(
            Session session, Map<TableName, List<Derivation>> tables, Catalog catalog) {
        Map<TableName, Long> rows = new TreeMap<>();
        tables.forEach(
                (table, derivations) -> {
                    long sum = 0;
                    for (Derivation derivation : derivations) {
                        stop.check();
                        if (derivation.lineage().evaluation() == Evaluation.SOURCE) {
                            String relation = catalog.require(derivation.source()).ownRows();
                            String select = derivation.select(relation, null);
                            sum += countMapped(session, derivation, select, Evaluation.SOURCE);
                        }
                    }
                    rows.put(table, sum);
                });
        return new Figures(rows, Map.of(), List.of());
    }

    /** Rows of entries that only the target can evaluate, read through the foreign tables. */
    private static long evaluatedOnTarget(Session session, List<Derivation> derivations) {
        long sum = 0;
        for (Derivation derivation : derivations) {
            if (derivation.lineage().evaluation() == Evaluation.TARGET) {
                String relation = ForeignTableName.of(derivation.source()).quoted();
                String rows = derivation.selectOnTarget(relation, null);
                sum += countMapped(session, derivation, rows, Evaluation.TARGET);
            }
        }
        return sum;
    }

    /** Counts under the search_path of the mapping, and goes back to ours. */
    private static long countMapped(
            Session session, Derivation derivation, String rows, Evaluation place) {
        if (!derivation.holdsOwnSql()) {
            return count(session, "(" + rows + ")");
        }
        session.execute(MappingPath.statement(place));
        long counted = count(session, "(" + rows + "\n)");
        session.execute("SET LOCAL search_path = ''");
        return counted;
    }

    private Figures targetFigures(
            Session session,
            SortedMap<TableName, List<Derivation>> mapped,
            Catalog catalog,
            List<RemovedObject> takenOff) {
        Set<TableName> tables = mapped.keySet();
        Map<TableName, Long> rows = new TreeMap<>();
        Map<TableName, Long> evaluated = new TreeMap<>();
        mapped.forEach(
                (table, derivations) ->
                        evaluated.put(table, evaluatedOnTarget(session, derivations)));
        List<VerifyReport.Orphans> orphans = new ArrayList<>();
        for (TableName table : tables) {
            stop.check();
            listener.on(new ProgressEvent.Detail("count " + table.display()));
            rows.put(table, count(session, catalog.require(table).ownRows()));
        }
        for (ForeignKey key : catalog.foreignKeys()) {
            if (rows.containsKey(key.root())) {
                stop.check();
                listener.on(
                        new ProgressEvent.Detail(
                                "check " + key.name() + " of " + key.table().display()));
                boolean own = takenOff.stream().noneMatch(object -> isAbout(object, key));
                long found = orphans(session, key, catalog);
                orphans.add(
                        new VerifyReport.Orphans(
                                key.name(),
                                key.table().display(),
                                key.referencedTable().display(),
                                found,
                                own && !key.validated()));
            }
        }
        return new Figures(rows, evaluated, orphans);
    }

    private static boolean isAbout(RemovedObject object, ForeignKey key) {
        return object.kind() == RemovedObject.Kind.FOREIGN_KEY
                && object.table().equals(key.table())
                && object.name().equals(key.name());
    }

    private static long orphans(Session session, ForeignKey key, Catalog catalog) {
        return session.select(OrphanQuery.of(key, catalog), row -> row.number(1)).getFirst();
    }

    private static long count(Session session, String rows) {
        return session.select(
                        "SELECT pg_catalog.count(*) FROM " + rows + " AS counted",
                        row -> row.number(1))
                .getFirst();
    }

    private static List<VerifyReport.Count> counts(
            SortedMap<TableName, List<Derivation>> tables, BothSides<Figures> figures) {
        List<VerifyReport.Count> counts = new ArrayList<>();
        tables.forEach(
                (table, derivations) ->
                        counts.add(
                                new VerifyReport.Count(
                                        table.display(),
                                        derivations.stream().map(Derivation::entry).toList(),
                                        figures.source().of(table)
                                                + figures.target().evaluatedOf(table),
                                        figures.target().of(table))));
        return counts;
    }

    /** What was read from one side. */
    private record Figures(
            Map<TableName, Long> rows,
            Map<TableName, Long> evaluated,
            List<VerifyReport.Orphans> orphans) {
        long evaluatedOf(TableName table) {
            return evaluated.getOrDefault(table, 0L);
        }

        long of(TableName table) {
            return Objects.requireNonNull(rows.get(table));
        }
    }
}
