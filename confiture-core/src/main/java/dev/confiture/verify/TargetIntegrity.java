package dev.confiture.verify;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Sequence;
import dev.confiture.catalog.TableName;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves by queries of its own what the target's constraints promise: rows that were loaded while
 * triggers were silent were never checked (foreign keys, deferrable unique constraints).
 */
public final class TargetIntegrity {
    private final Session session;
    private final Catalog catalog;
    private final Set<TableName> tables;
    private final ProgressListener listener;
    private final StopSignal stop;

    /**
     * @param session inside a snapshot of the target
     * @param tables whose constraints are looked at
     */
    public TargetIntegrity(
            Session session,
            Catalog catalog,
            Set<TableName> tables,
            ProgressListener listener,
            StopSignal stop) {
        this.session = session;
        this.catalog = catalog;
        this.tables = Set.copyOf(tables);
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Counts rows whose reference leads nowhere.
     *
     * @param takenOff what the migration took off the target and has not brought back as it was: a
     *     key among it that is NOT VALID is so for now, and not because the new schema says so
     */
    public List<VerifyReport.Orphans> orphans(List<RemovedObject> takenOff) {
        List<VerifyReport.Orphans> orphans = new ArrayList<>();
        for (ForeignKey key : catalog.foreignKeys()) {
            if (tables.contains(key.root())) {
                tell("check " + key.name() + " of " + key.table().display());
                boolean own = takenOff.stream().noneMatch(object -> isAbout(object, key));
                orphans.add(
                        new VerifyReport.Orphans(
                                key.name(),
                                key.table().display(),
                                key.referencedTable().display(),
                                number(OrphanQuery.of(key, catalog)),
                                own && !key.validated()));
            }
        }
        return orphans;
    }

    private static boolean isAbout(RemovedObject object, ForeignKey key) {
        return object.kind() == RemovedObject.Kind.FOREIGN_KEY
                && object.table().equals(key.table())
                && object.name().equals(key.name());
    }

    private record Deferrable(
            TableName table, String name, List<String> columns, boolean nullsAreEqual) {}

    /** Counts rows that a deferrable unique constraint should have refused. */
    public List<VerifyReport.Duplicates> duplicates() {
        List<VerifyReport.Duplicates> duplicates = new ArrayList<>();
        session
                .query(
                        SqlText.named("verify/list_deferrable_keys"),
                        row ->
                                new Deferrable(
                                        new TableName(row.text(1), row.text(2)),
                                        row.text(3),
                                        row.texts(4),
                                        row.truth(5)))
                .stream()
                .filter(key -> tables.contains(key.table))
                .forEach(
                        key -> {
                            tell("check " + key.name + " of " + key.table.display());
                            duplicates.add(
                                    new VerifyReport.Duplicates(
                                            key.name,
                                            key.table.display(),
                                            number(duplicates(key))));
                        });
        return duplicates;
    }

    private String duplicates(Deferrable key) {
        String columns = Identifier.quoteAll(key.columns);
        String filled =
                key.columns.stream()
                        .map(column -> Identifier.quote(column) + " IS DISTINCT FROM NULL")
                        .collect(Collectors.joining(" AND "));
        return "SELECT coalesce(pg_catalog.sum(n - 1), 0) FROM (SELECT pg_catalog.count(*) AS n"
                + " FROM "
                + catalog.require(key.table).ownRows()
                + (key.nullsAreEqual ? "" : " WHERE " + filled)
                + " GROUP BY "
                + columns
                + ") AS groups";
    }

    private record Position(long minimum, long maximum, boolean told) {}

    /**
     * Holds the sequences against the columns that they feed.
     *
     * @param pending whether cutover is still to set them
     */
    public List<VerifyReport.SequenceResult> sequences(boolean pending) {
        List<VerifyReport.SequenceResult> results = new ArrayList<>();
        for (Sequence sequence : catalog.sequences()) {
            if (tables.contains(sequence.table())) {
                tell("check sequence " + sequence.name().display());
                position(sequence)
                        .filter(Position::told)
                        .ifPresent(position -> results.add(hold(sequence, position, pending)));
            }
        }
        return results;
    }

    private Optional<Position> position(Sequence sequence) {
        return session.queryOptional(
                SqlText.named("verify/describe_sequence"),
                row -> new Position(row.number(1), row.number(2), row.truth(3)),
                sequence.name().quoted(),
                sequence.table().quoted(),
                sequence.column());
    }

    /** A value after which the sequence could give no other says nothing of how far it has come. */
    private VerifyReport.SequenceResult hold(
            Sequence sequence, Position position, boolean pending) {
        boolean up = sequence.increment() > 0;
        String column = Identifier.quote(sequence.column());
        long last =
                up
                        ? position.maximum - sequence.increment()
                        : position.minimum - sequence.increment();
        String reached =
                "(SELECT pg_catalog."
                        + (up ? "max(" : "min(")
                        + column
                        + ") FROM "
                        + catalog.require(sequence.table()).ownRows()
                        + " WHERE "
                        + column
                        + (up ? " <= " : " >= ")
                        + "CAST('"
                        + last
                        + "' AS bigint) AND "
                        + column
                        + (up ? " >= " : " <= ")
                        + "CAST('"
                        + (up ? position.minimum : position.maximum)
                        + "' AS bigint))";
        return session.select(
                        "SELECT CAST(next AS text), coalesce(CAST(reached AS text), ''),"
                                + " coalesce(next "
                                + (up ? "<=" : ">=")
                                + " reached, false) FROM (SELECT CASE WHEN is_called THEN"
                                + " CAST(last_value AS numeric) + "
                                + sequence.increment()
                                + " ELSE last_value END AS next, "
                                + reached
                                + " AS reached FROM "
                                + sequence.name().quoted()
                                + ") AS held",
                        row ->
                                new VerifyReport.SequenceResult(
                                        sequence.name().display(),
                                        sequence.table().display(),
                                        sequence.column(),
                                        row.text(1),
                                        row.text(2),
                                        row.truth(3),
                                        pending))
                .getFirst();
    }

    private long number(String query) {
        return session.select(query, row -> row.number(1)).getFirst();
    }

    private void tell(String what) {
        stop.check();
        listener.on(new ProgressEvent.Detail(what));
    }
}
