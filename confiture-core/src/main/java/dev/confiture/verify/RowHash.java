package dev.confiture.verify;

import dev.confiture.postgres.Row;
import dev.confiture.postgres.Session;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lets a server hash rows: two hashes of 64 bits, each with a seed of its own, of the bytes that
 * {@link RowBytes} makes of a row. This is the hash of hash partitions, which therefore gives the
 * same in every version: <a
 * href="https://github.com/postgres/postgres/blob/REL_14_STABLE/src/common/hashfn.c">hashfn.c</a>.
 * No function gives it for bytes alone, so it is asked of a record with one column, which has the
 * hash of this column. Bytes have no collation that could come in between.
 *
 * @param parts how many parts a digest has, a power of two
 */
record RowHash(int parts) {
    /** All rows in one part: what is asked as long as nothing differs. */
    static final RowHash UNDIVIDED = new RowHash(1);

    private static final String BYTES = "\"confiture bytes of the row\"";

    /**
     * Keeps the planner from pulling the bytes up, where they would be made twice. A subquery with
     * a volatile column stays one, and this column is folded to nothing afterwards, so that the
     * query can still be run in parallel; OFFSET 0 would forbid it.
     */
    private static final String FENCE =
            "CASE WHEN false THEN pg_catalog.clock_timestamp() END AS \"confiture fence\"";

    private static final String LEFT = hash(0x5DEECE66DL);
    private static final String RIGHT = hash(0x6A09E667F3BCC908L);

    private static String hash(long seed) {
        return "pg_catalog.hash_record_extended(ROW(" + BYTES + "), " + seed + ")";
    }

    /**
     * A query for the digest of rows.
     *
     * @param bytes SQL for the bytes of a row
     * @param from a FROM item with alias, and a condition, that they refer to
     */
    String digest(String bytes, String from) {
        String rows = "(SELECT " + bytes + " AS " + BYTES + ", " + FENCE + " FROM " + from + ")";
        String halves = "(SELECT " + LEFT + " AS l, " + RIGHT + " AS r FROM " + rows + " AS rows)";
        String sums = ", pg_catalog.count(*), pg_catalog.sum(l), pg_catalog.sum(r) FROM ";
        return parts == 1
                ? "SELECT 0" + sums + halves + " AS halves"
                : "SELECT " + part("l") + sums + halves + " AS halves GROUP BY 1";
    }

    /**
     * A query for the rows of some parts.
     *
     * @param columns by which SQL over {@code alias} each is computed, and its name, quoted
     * @param alias of the FROM item
     */
    String rows(
            Map<String, String> columns,
            String alias,
            String bytes,
            String from,
            Collection<Integer> of) {
        String computed =
                columns.entrySet().stream()
                        .map(column -> column.getValue() + " AS " + column.getKey())
                        .collect(Collectors.joining(", "));
        if (of.size() == parts) {
            return "SELECT " + computed + " FROM " + from;
        }
        return "SELECT "
                + String.join(", ", columns.keySet())
                + " FROM (SELECT "
                + (columns.isEmpty() ? "" : computed + ", ")
                + bytes
                + " AS "
                + BYTES
                + " FROM "
                + from
                + ") AS "
                + alias
                + " WHERE "
                + part(LEFT)
                + " IN ("
                + of.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ")";
    }

    private String part(String half) {
        return "CAST(" + half + " OPERATOR(pg_catalog.&) " + (parts - 1) + " AS integer)";
    }

    static Digest read(Session session, String query) {
        Map<Integer, Digest.Part> parts = new HashMap<>();
        session.select(query, RowHash::part).stream()
                // A sum over no rows is a row too, and NULL.
                .flatMap(List::stream)
                .forEach(part -> parts.put(part.getKey(), part.getValue()));
        return new Digest(parts);
    }

    private static List<Map.Entry<Integer, Digest.Part>> part(Row row) {
        return row.number(2) == 0
                ? List.of()
                : List.of(
                        Map.entry(
                                Math.toIntExact(row.number(1)),
                                new Digest.Part(
                                        row.number(2),
                                        new BigInteger(row.text(3)),
                                        new BigInteger(row.text(4)))));
    }
}
