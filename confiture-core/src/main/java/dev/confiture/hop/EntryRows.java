package dev.confiture.hop;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.hop.HopPlan.Lookup;
import dev.confiture.mapping.CopyFormat;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.mapping.RowQuery;
import dev.confiture.postgres.CopyPipe;
import dev.confiture.postgres.Session;
import dev.confiture.staging.StagedRows;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one entry in the target: takes them away and derives them anew. */
final class EntryRows {
    /** Types whose equal values have one text, under a collation that is deterministic. */
    private static final Set<String> OF_ONE_TEXT =
            Set.of(
                    "smallint",
                    "integer",
                    "bigint",
                    "text",
                    "character varying",
                    "uuid",
                    "date",
                    "timestamp without time zone",
                    "timestamp with time zone",
                    "boolean",
                    "bytea");

    private final Derivation derivation;
    private final Table source;
    private final Table target;
    private final RowKey key;
    private final CopyFormat format;
    private final UnownedColumns unowned;
    private final @Nullable StagedRows staged;

    EntryRows(Derivation derivation, Table source, Table target, RowKey key, int number) {
        this.derivation = derivation;
        this.source = source;
        this.target = target;
        this.key = key;
        this.format = CopyFormat.of(derivation, target);
        this.unowned = UnownedColumns.of(derivation, target, key, number);
        this.staged =
                derivation.lineage().evaluation() == Evaluation.TARGET
                        ? StagedRows.of(derivation, source, number)
                        : null;
    }

    Table target() {
        return target;
    }

    Table source() {
        return source;
    }

    Derivation derivation() {
        return derivation;
    }

    RowKey key() {
        return key;
    }

    /**
     * Whether two texts may be the same key, such as 1.0 and 1.00: then a row may come a second
     * time, in another batch.
     */
    boolean mayBeNamedTwice() {
        return derivation.sourceKey().stream()
                .map(name -> source.column(name).orElseThrow())
                .anyMatch(
                        column ->
                                column.collation() != null
                                        || !OF_ONE_TEXT.contains(column.type().base()));
    }

    /** Deletes the rows that the keys name; the first pass over all entries of a hop. */
    void delete(Session session, List<String> keys, Lookup lookup) {
        delete(session, condition(keys, lookup));
    }

    /** The same, but only rows that the entry claims; others of its table may have the same key. */
    void deleteOwn(Session session, List<String> keys, Lookup lookup) {
        delete(session, condition(keys, lookup) + " AND " + claimed());
    }

    private String condition(List<String> keys, Lookup lookup) {
        return lookup == Lookup.BY_INDEX && hasIndex()
                ? KeyRows.condition(key.writing(), keys)
                : KeyRows.conditionByScan(key.writing(), keys);
    }

    /** Whether one is known; of those that are not unique nothing is. */
    private boolean hasIndex() {
        String first = key.writing().getFirst().name();
        return target.keys().stream()
                .anyMatch(it -> Identifier.quote(it.columns().getFirst()).equals(first));
    }

    /** Deletes all rows of the target table that the entry claims, which may be all of them. */
    void deleteAll(Session session) {
        delete(session, claimed());
    }

    private String claimed() {
        return derivation.claim() == null
                ? "true"
                : "EXISTS (SELECT FROM (SELECT "
                        + RowKey.TARGET
                        + ".*) AS "
                        + Identifier.quote(target.name().name())
                        + " WHERE "
                        + RowQuery.enclose(derivation.claim())
                        + ")";
    }

    private void delete(Session session, String condition) {
        String statement =
                "DELETE FROM " + target.ownRows() + " AS " + RowKey.TARGET + " WHERE " + condition;
        if (unowned.isEmpty()) {
            session.execute(statement);
        } else {
            unowned.keep(session, statement);
        }
    }

    /** Derives the rows that the keys name; the second pass, when all that was old is gone. */
    long insert(Session sourceSession, Session targetSession, List<String> keys) {
        return copy(sourceSession, targetSession, reading(sourceSession, keys));
    }

    private String reading(Session sourceSession, List<String> keys) {
        return derivation.query().followsTheDrivingTable()
                ? KeyRows.condition(key.reading(), keys)
                : new OwnQueryKeys(derivation, key.reading())
                        .condition(sourceSession, source.ownRows(), keys);
    }

    /** Derives all rows. */
    long insertAll(Session sourceSession, Session targetSession) {
        return copy(sourceSession, targetSession, null);
    }

    private long copy(Session sourceSession, Session targetSession, @Nullable String condition) {
        if (unowned.isEmpty()) {
            return derive(sourceSession, targetSession, condition, derivation.target().quoted());
        }
        long rows = derive(sourceSession, targetSession, condition, unowned.stage(targetSession));
        unowned.insert(targetSession);
        return rows;
    }

    private long derive(
            Session sourceSession, Session targetSession, @Nullable String condition, String into) {
        if (staged != null) {
            staged.bring(sourceSession, targetSession, condition);
            return targetSession.execute(
                    "INSERT INTO "
                            + into
                            + " "
                            + derivation.targetColumns()
                            + " OVERRIDING SYSTEM VALUE "
                            + staged.select());
        }
        String copyOut =
                "COPY ("
                        + derivation.select(source.ownRows(), condition)
                        + ") TO STDOUT "
                        + format.options();
        if (!carriesNames()) {
            return CopyPipe.run(sourceSession, copyOut, targetSession, copyInto(into)).rows();
        }
        if (!derivation.holdsOwnSql()) {
            sourceSession.execute(MappingPath.NONE);
        }
        targetSession.execute(MappingPath.NONE);
        long rows = CopyPipe.run(sourceSession, copyOut, targetSession, copyInto(into)).rows();
        sourceSession.execute(MappingPath.statement(Evaluation.SOURCE));
        targetSession.execute(MappingPath.statement(Evaluation.TARGET));
        return rows;
    }

    /** Whether values name objects of a database, which are looked for along the search_path. */
    private boolean carriesNames() {
        return derivation.columns().stream()
                .map(column -> column.result())
                .anyMatch(type -> type.builtIn() && type.base().startsWith("reg"));
    }

    private String copyInto(String table) {
        return "COPY "
                + table
                + " "
                + derivation.targetColumns()
                + " FROM STDIN "
                + format.options();
    }

    /** The rows that the keys name, on both sides. */
    NamedRows named(Session sourceSession, Affected affected) {
        return new NamedRows(
                derivation,
                reading(sourceSession, affected.reading()),
                KeyRows.condition(key.writing(), affected.writing()));
    }

    /** The columns that rows are found by in the target, quoted. */
    List<String> keyColumns() {
        return key.writing().stream().map(KeyColumn::name).toList();
    }
}
