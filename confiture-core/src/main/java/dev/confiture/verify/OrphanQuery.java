package dev.confiture.verify;

import dev.confiture.catalog.Catalog;
import dev.confiture.catalog.ForeignKey;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts the rows whose reference leads nowhere. The constraint itself proves nothing: rows that
 * were loaded with {@code session_replication_role = replica} were never checked, and {@code
 * VALIDATE CONSTRAINT} does not look again at a key that is marked valid.
 */
final class OrphanQuery {
    private OrphanQuery() {}

    static String of(ForeignKey key, Catalog catalog) {
        return "SELECT pg_catalog.count(*) FROM "
                + ownRows(key.table(), catalog)
                + " AS referring WHERE "
                + refers(key)
                + " AND NOT "
                + (key.period() ? covered(key, catalog) : found(key, catalog));
    }

    /**
     * Whether the row refers to anything. {@code IS DISTINCT FROM NULL} differs from {@code IS NOT
     * NULL} for a composite value with a NULL field, which is a value.
     */
    private static String refers(ForeignKey key) {
        return key.columns().stream()
                .map(column -> "referring." + Identifier.quote(column) + " IS DISTINCT FROM NULL")
                .collect(Collectors.joining(key.matchFull() ? " OR " : " AND ", "(", ")"));
    }

    private static String found(ForeignKey key, Catalog catalog) {
        return "EXISTS (SELECT FROM "
                + ownRows(key.referencedTable(), catalog)
                + " AS referenced WHERE "
                + comparisons(key, key.columns().size()).collect(Collectors.joining(" AND "))
                + ")";
    }

    /** The periods of all rows with the same key, put together, must cover the row's period. */
    private static String covered(ForeignKey key, Catalog catalog) {
        int last = key.columns().size() - 1;
        String overlap = referenced(key, last) + " OPERATOR(pg_catalog.&&) " + referring(key, last);
        return "coalesce((SELECT pg_catalog.range_agg("
                + referenced(key, last)
                + ") OPERATOR(pg_catalog.@>) "
                + referring(key, last)
                + " FROM "
                + ownRows(key.referencedTable(), catalog)
                + " AS referenced WHERE "
                + Stream.concat(comparisons(key, last), Stream.of(overlap))
                        .collect(Collectors.joining(" AND "))
                + "), false)";
    }

    private static Stream<String> comparisons(ForeignKey key, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        part ->
                                key.comparisons()
                                        .get(part)
                                        .sql(referenced(key, part), referring(key, part)));
    }

    private static String referenced(ForeignKey key, int part) {
        return "referenced." + Identifier.quote(key.referencedColumns().get(part));
    }

    private static String referring(ForeignKey key, int part) {
        return "referring." + Identifier.quote(key.columns().get(part));
    }

    /** A table that the catalog does not list is a partition: it has no heirs to be left out. */
    private static String ownRows(TableName name, Catalog catalog) {
        return catalog.table(name).map(Table::ownRows).orElse(name.quoted());
    }
}
