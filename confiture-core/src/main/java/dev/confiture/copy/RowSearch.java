package dev.confiture.copy;

import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.ledger.Chunk;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SourceSnapshot;
import dev.confiture.postgres.SqlFailure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the row at which a chunk fails where no server says its number, be it that it has none or
 * that it speaks another language: parts of the chunk are copied, and rolled back, until one row is
 * left.
 */
final class RowSearch {
    private final Ends ends;
    private final SourceSnapshot snapshot;
    private final Derivation derivation;

    RowSearch(Ends ends, SourceSnapshot snapshot, Derivation derivation) {
        this.ends = ends;
        this.snapshot = snapshot;
        this.derivation = derivation;
    }

    /**
     * Searches as COPY reads: the rows in the order in which they lie.
     *
     * @return the values of the row's key, or its ctid
     */
    Optional<String> byCopy(Chunk chunk, CopyStrategy copy) {
        try (Session session = ends.source().open("explain")) {
            RowOrder.inPlace(session);
            long rows =
                    snapshot.read(session, () -> one(session, "SELECT count(*)" + from(chunk)))
                            .map(Long::parseLong)
                            .orElse(0L);
            OptionalLong row =
                    FirstFailingRow.among(
                            rows,
                            (after, upTo) -> copy(part(chunk, window(chunk, after, upTo)), copy));
            return row.isEmpty()
                    ? Optional.empty()
                    : snapshot.read(
                            session,
                            () ->
                                    one(
                                            session,
                                            derivation.selectKey(
                                                    window(
                                                            chunk,
                                                            row.getAsLong() - 1,
                                                            row.getAsLong()))));
        }
    }

    private boolean copy(Chunk part, CopyStrategy copy) {
        try (Session source = ends.source().open("explain");
                Session target = ends.openLinked("explain")) {
            RowOrder.inPlace(source);
            target.execute("BEGIN");
            copy.copy(part, source, target);
            return false;
        } catch (SqlFailure failure) {
            return isAboutRows(failure);
        }
    }

    private String window(Chunk chunk, long after, long upTo) {
        String alias = alias();
        return "(SELECT "
                // A row's place is not among its columns.
                + (derivation.sourceKey().isEmpty() ? alias + ".ctid, " : "")
                + alias
                + ".*"
                + from(chunk)
                + " OFFSET "
                + after
                + " LIMIT "
                + (upTo - after)
                + ")";
    }

    /**
     * Searches as FDW reads: the rows are fetched once and given numbers, in a temporary table of
     * the target.
     */
    Optional<String> byFdw(Chunk chunk, FdwStrategy fdw) {
        if (derivation.sourceKey().isEmpty()) {
            return Optional.empty();
        }
        try (Session target = ends.openLinked("explain")) {
            target.execute("BEGIN");
            long rows =
                    target.execute(
                            "CREATE TEMPORARY TABLE fetched_rows ON COMMIT DROP AS"
                                    + " SELECT row_number() OVER () AS number, ROW("
                                    + alias()
                                    + ".*)::"
                                    + ForeignTableName.of(derivation.source()).quoted()
                                    + " AS fetched"
                                    + from(chunk));
            OptionalLong row =
                    FirstFailingRow.among(
                            rows,
                            (after, upTo) ->
                                    target.attempt(
                                                    () ->
                                                            fdw.copy(
                                                                    part(
                                                                            chunk,
                                                                            fetched(after, upTo)),
                                                                    target,
                                                                    target))
                                            .filter(RowSearch::isAboutRows)
                                            .isPresent());
            return row.isEmpty()
                    ? Optional.empty()
                    : one(
                            target,
                            derivation.selectKey(fetched(row.getAsLong() - 1, row.getAsLong())));
        }
    }

    private static String fetched(long after, long upTo) {
        return "(SELECT (fetched).* FROM pg_temp.fetched_rows WHERE number > "
                + after
                + " AND number <= "
                + upTo
                + ")";
    }

    private static boolean isAboutRows(SqlFailure failure) {
        if (!failure.isAboutRows()) {
            throw failure;
        }
        return true;
    }

    private static Chunk part(Chunk chunk, String relation) {
        return new Chunk(chunk.entry(), chunk.number(), relation, null);
    }

    private String from(Chunk chunk) {
        String from = " FROM " + chunk.relation() + " AS " + alias();
        return chunk.condition() == null ? from : from + " WHERE " + chunk.condition();
    }

    private String alias() {
        return Identifier.quote(derivation.source().name());
    }

    private static Optional<String> one(Session session, String query) {
        List<String> values = session.select(query, row -> row.text(1));
        return values.stream().findFirst();
    }
}
