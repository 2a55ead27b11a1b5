package dev.confiture.copy;

import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Table;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.mapping.Evaluation;
import dev.confiture.mapping.MappingPath;
import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SourceSnapshot;
import dev.confiture.postgres.SqlFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the row at which a chunk of an entry failed: people know it by its key. The chunk is copied
 * once more by COPY, in the order in which its rows lie, and rolled back: the target then says the
 * row's number. Where the source itself fails, at a cast, and where nobody says a number, the row
 * is searched for by halves.
 */
final class FailedChunk {
    private final Ends ends;
    private final SourceSnapshot snapshot;
    private final Derivation derivation;
    private final CopyStrategy copy;
    private final RowSearch search;
    private final Table table;

    FailedChunk(
            Ends ends,
            SourceSnapshot snapshot,
            Derivation derivation,
            CopyStrategy copy,
            Table table) {
        this.ends = ends;
        this.snapshot = snapshot;
        this.derivation = derivation;
        this.copy = copy;
        this.search = new RowSearch(ends, snapshot, derivation);
        this.table = table;
    }

    /** The failure with the entry's name and, if a row is at fault, that row's key. */
    ConfitureException explain(SqlFailure failure, Chunk chunk) {
        if (failure.isPassing()) {
            return standsInTheWay(failure, chunk);
        }
        if (!failure.isAboutRows()) {
            return naming("", failure);
        }
        try {
            return derivation.lineage().evaluation() == Evaluation.SOURCE
                    ? explainByCopy(failure, chunk)
                    : naming(searchedByFdw(chunk), failure);
        } catch (ConfitureException second) {
            ConfitureException unexplained = naming("", failure);
            unexplained.addSuppressed(second);
            return unexplained;
        }
    }

    private ConfitureException standsInTheWay(SqlFailure failure, Chunk chunk) {
        return new ConfitureException(
                failure.code(),
                "entry %s, chunk %d: %s, at each of %d attempts"
                        .formatted(
                                derivation.entry(),
                                chunk.number(),
                                failure.getMessage(),
                                ChunkAttempts.MOST),
                "Another session holds locks that the copy needs (pg_stat_activity and the server's"
                        + " log tell which). End it, then run `migrate` again: what is copied"
                        + " already is kept.",
                failure);
    }

    private ConfitureException explainByCopy(SqlFailure first, Chunk chunk) {
        Chunk onSource = onSource(chunk);
        SqlFailure failure = rehearse(onSource).orElse(first);
        String where = failure == first ? "" : where(failure, onSource);
        if (where.isEmpty() && failure != first && derivation.query().followsTheDrivingTable()) {
            where = search.byCopy(onSource, copy).map(this::row).orElse("");
        }
        return naming(where.isEmpty() ? searchedByFdw(chunk) : where, failure);
    }

    private String searchedByFdw(Chunk chunk) {
        return isForeign(chunk) && derivation.query().followsTheDrivingTable()
                ? search.byFdw(chunk, new FdwStrategy(derivation)).map(this::row).orElse("")
                : "";
    }

    private boolean isForeign(Chunk chunk) {
        return chunk.relation().equals(ForeignTableName.of(derivation.source()).quoted());
    }

    private Chunk onSource(Chunk chunk) {
        return isForeign(chunk)
                ? new Chunk(chunk.entry(), chunk.number(), table.ownRows(), chunk.condition())
                : chunk;
    }

    /** The failure of the same chunk when it is copied again; nothing of the copy stays. */
    private Optional<SqlFailure> rehearse(Chunk chunk) {
        try (Session source = ends.source().open("explain");
                Session target = ends.openLinked("explain")) {
            RowOrder.inPlace(source);
            target.execute("BEGIN");
            copy.copy(chunk, source, target);
            return Optional.empty();
        } catch (SqlFailure failure) {
            return Optional.of(failure).filter(SqlFailure::isAboutRows);
        }
    }

    private String where(SqlFailure failure, Chunk chunk) {
        try (Session session = ends.source().open("explain")) {
            RowOrder.inPlace(session);
            return where(session, failure, chunk);
        }
    }

    private String where(Session session, SqlFailure failure, Chunk chunk) {
        if (failure.copyLine() > 0) {
            return key(session, chunk, failure.copyLine());
        }
        if (failure.code() != ErrorCode.SOURCE_FAILED) {
            return "";
        }
        if (!derivation.query().followsTheDrivingTable()) {
            return "";
        }
        for (DerivedColumn column : derivation.columns()) {
            if (!evaluates(session, column, chunk, Long.MAX_VALUE)) {
                return key(session, chunk, firstFailing(session, column, chunk))
                        + ", column "
                        + Objects.requireNonNullElse(column.sourceColumn(), column.target());
            }
        }
        return "";
    }

    private long firstFailing(Session session, DerivedColumn column, Chunk chunk) {
        long good = 0;
        long bad = 1;
        while (evaluates(session, column, chunk, bad)) {
            good = bad;
            bad *= 2;
        }
        while (bad - good > 1) {
            long middle = good + (bad - good) / 2;
            if (evaluates(session, column, chunk, middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return bad;
    }

    private boolean evaluates(Session session, DerivedColumn column, Chunk chunk, long rows) {
        String query = derivation.selectColumn(column, chunk.relation(), chunk.condition(), rows);
        try {
            select(session, query);
            return true;
        } catch (SqlFailure failure) {
            if (!failure.isAboutRows()) {
                throw failure;
            }
            return false;
        }
    }

    private List<String> select(Session session, String query) {
        return snapshot.read(
                session,
                () -> {
                    if (derivation.holdsOwnSql()) {
                        session.execute(MappingPath.statement(Evaluation.SOURCE));
                    }
                    return session.select(query, row -> row.text(1));
                });
    }

    private String key(Session session, Chunk chunk, long row) {
        if (derivation.sourceKey().isEmpty() && !derivation.query().followsTheDrivingTable()) {
            return "";
        }
        String query = derivation.selectKeyOfRow(chunk.relation(), chunk.condition(), row);
        String value = select(session, query).stream().findFirst().orElse("unknown");
        return row(value);
    }

    private String row(String value) {
        return derivation.sourceKey().isEmpty()
                ? ", row with ctid " + value
                : ", row with key (%s) = (%s)"
                        .formatted(String.join(", ", derivation.sourceKey()), value);
    }

    private ConfitureException naming(String where, SqlFailure failure) {
        return new ConfitureException(
                failure.code(),
                "entry " + derivation.entry() + where + ": " + failure.getMessage(),
                failure.hint() != null
                        ? failure.hint()
                        : "Mend the row or the mapping, then run `migrate` again: what is copied"
                                + " already is kept.",
                failure);
    }
}
