package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.mapping.Derivation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a shared target table that only some of its entries feed, as SQL. Nothing in a row of
 * the target says which entry made it, and what the rows of the others have there is nobody's. So
 * first the rows that have any value there are held against each other, which is all of it as long
 * as the others have none; and where they differ, the rows of the entries against those of the
 * target that have the same key.
 *
 * @param part the key and these columns, fed by these entries alone
 */
record PartlyFedColumns(ComparedTable part, List<Column> columns) {
    /** Those that the same entries feed together; empty where no key tells the rows apart. */
    static List<PartlyFedColumns> of(ComparedTable table) {
        if (table.key().isEmpty() || !table.target().unique(table.key())) {
            return List.of();
        }
        Map<List<Derivation>, List<Column>> byEntries = new LinkedHashMap<>();
        for (Column column : table.columnsPartlyFed()) {
            byEntries
                    .computeIfAbsent(table.entriesThatFeed(column), any -> new ArrayList<>())
                    .add(column);
        }
        return byEntries.entrySet().stream()
                .map(group -> of(table, group.getKey(), group.getValue()))
                .toList();
    }

    private static PartlyFedColumns of(
            ComparedTable table, List<Derivation> entries, List<Column> columns) {
        List<Column> withKey =
                new ArrayList<>(
                        table.key().stream()
                                .map(name -> table.target().column(name).orElseThrow())
                                .toList());
        withKey.addAll(columns);
        return new PartlyFedColumns(table.only(entries, withKey), List.copyOf(columns));
    }

    /** The same rows, but of these entries alone. */
    Slice slice(Slice whole) {
        return new Slice(
                whole.wanted().stream()
                        .filter(wanted -> part.entries().contains(wanted.entry()))
                        .toList(),
                whole.stored());
    }

    /** A query for the digest of an entry's rows that have a value. */
    String digest(RowHash hash, Slice.Wanted wanted) {
        return hash.digest(
                part.wantedBytes(wanted.entry()),
                part.from(wanted) + " WHERE " + anyValue(ComparedTable.WANTED));
    }

    /** The same of the target's rows. */
    String digest(RowHash hash, Slice slice) {
        String condition = anyValue(ComparedTable.TARGET) + and(slice.stored());
        return part.digest(hash, new Slice(slice.wanted(), condition));
    }

    private String anyValue(String alias) {
        return "pg_catalog.num_nonnulls("
                + columns.stream()
                        .map(column -> RowText.reference(alias, column.name()))
                        .collect(Collectors.joining(", "))
                + ") OPERATOR(pg_catalog.>) 0";
    }

    private static String and(@Nullable String condition) {
        return condition == null ? "" : " AND (" + condition + ")";
    }

    /**
     * The rows that differ, once the wanted ones are on the target: how many there are, the key,
     * and the numbers of the columns.
     *
     * @param named so many are named
     */
    String differing(Slice slice, int named) {
        return """
        SELECT count(*) OVER (), left(array_to_string(w.key, ', ', 'NULL'), 200),
               (SELECT array_agg(CAST(position AS text) ORDER BY position)
                FROM ROWS FROM (unnest(w.texts), unnest(s.texts)) WITH ORDINALITY
                    AS u (w, s, position)
                WHERE u.w IS DISTINCT FROM u.s)
        FROM (SELECT %1$s, %2$s FROM %3$s AS %4$s) AS w (key, texts)
        JOIN (SELECT %1$s, %2$s FROM %5$s) AS s (key, texts)
            ON w.key OPERATOR(pg_catalog.=) s.key
        WHERE w.texts IS DISTINCT FROM s.texts
        ORDER BY char_length(array_to_string(w.key, ', ', 'NULL')),
                 array_to_string(w.key, ', ', 'NULL') COLLATE "C"
        LIMIT %6$d"""
                .formatted(
                        key(),
                        texts(),
                        DifferenceQuery.WANTED,
                        ComparedTable.TARGET,
                        part.stored(slice),
                        named);
    }

    /** Gives the rows that differ what they should have. */
    String repair(Slice slice) {
        String values =
                columns.stream()
                        .map(column -> Identifier.quote(column.name()))
                        .map(name -> name + " = w." + name)
                        .collect(Collectors.joining(", "));
        return """
        UPDATE %s AS %s SET %s
        FROM (SELECT %s.*, %s AS "confiture key", %s AS "confiture texts" FROM %s AS %s) AS w
        WHERE w."confiture key" OPERATOR(pg_catalog.=) %s
          AND w."confiture texts" IS DISTINCT FROM %s%s"""
                .formatted(
                        part.target().ownRows(),
                        ComparedTable.TARGET,
                        values,
                        ComparedTable.TARGET,
                        key(),
                        texts(),
                        DifferenceQuery.WANTED,
                        ComparedTable.TARGET,
                        key(),
                        texts(),
                        and(slice.stored()));
    }

    private String key() {
        return array(part.key().stream().map(name -> part.target().column(name).orElseThrow()));
    }

    private String texts() {
        return array(columns.stream());
    }

    private static String array(Stream<Column> some) {
        return DifferenceQuery.array(
                some.map(column -> RowText.alone(RowText.stored(ComparedTable.TARGET, column)))
                        .toList());
    }
}
