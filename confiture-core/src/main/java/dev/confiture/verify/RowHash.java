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
 * Lets a server hash rows: the MD5 of the row's text. MD5 is the one hash that every supported
 * version has and that gives the same everywhere; nobody attacks here. The row's text is that of a
 * record, which quotes what could be taken for a separator and tells NULL from an empty text.
 *
 * @param parts how many parts a digest has, a power of two
 * @param convert whether the servers' encodings differ, so that the bytes have to be made the same
 */
record RowHash(int parts, boolean convert) {
    private static final String HASH = "\"confiture hash of the row\"";

    /**
     * @param values SQL for the values that a row is compared by
     */
    private String hash(List<String> values) {
        String text = "CAST(ROW(" + String.join(", ", values) + ") AS text)";
        return "pg_catalog.md5("
                + (convert ? "pg_catalog.convert_to(" + text + ", 'UTF8')" : text)
                + ")";
    }

    /**
     * A query for the digest of rows.
     *
     * @param from a FROM item with alias, and a condition, that {@code values} refer to
     */
    String digest(List<String> values, String from) {
        // OFFSET keeps the planner from pulling the hash up, where it would be computed thrice.
        return "SELECT part, pg_catalog.count(*), pg_catalog.sum(l), pg_catalog.sum(r) FROM"
                + " (SELECT l, r, "
                + part("l")
                + " AS part FROM (SELECT "
                + half(1)
                + " AS l, "
                + half(17)
                + " AS r FROM (SELECT "
                + hash(values)
                + " AS "
                + HASH
                + " FROM "
                + from
                + " OFFSET 0) AS hashed) AS halves) AS parted GROUP BY part";
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
            List<String> values,
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
                + hash(values)
                + " AS "
                + HASH
                + " FROM "
                + from
                + " OFFSET 0) AS "
                + alias
                + " WHERE "
                + part(half(1))
                + " IN ("
                + of.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ")";
    }

    private String part(String half) {
        return "CAST(" + half + " OPERATOR(pg_catalog.&) " + (parts - 1) + " AS integer)";
    }

    private static String half(int from) {
        return "CAST(CAST('x' OPERATOR(pg_catalog.||) pg_catalog.substr("
                + HASH
                + ", "
                + from
                + ", 16) AS bit(64)) AS bigint)";
    }

    static Digest read(Session session, String query) {
        Map<Integer, Digest.Part> parts = new HashMap<>();
        session.select(query, RowHash::part)
                .forEach(part -> parts.put(part.getKey(), part.getValue()));
        return new Digest(parts);
    }

    private static Map.Entry<Integer, Digest.Part> part(Row row) {
        return Map.entry(
                Math.toIntExact(row.number(1)),
                new Digest.Part(
                        row.number(2), new BigInteger(row.text(3)), new BigInteger(row.text(4))));
    }
}
