package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.mapping.Derivation;
import java.util.List;
import java.util.Set;

/**
 * SQL that finds, on the target, in which rows a temporary table of wanted rows and the target
 * table differ. Both have the target's own types here, so nothing is left to be guessed.
 */
final class DifferenceQuery {
    /** The wanted rows. */
    static final String WANTED = "pg_temp.confiture_wanted";

    /** Which entry of a shared table gives a wanted row: its place among those of the table. */
    static final String ENTRY = "\"confiture entry\"";

    /** What was found: one row for each text that is not there as often as it should be. */
    static final String FOUND = "pg_temp.confiture_found";

    private final ComparedTable table;

    DifferenceQuery(ComparedTable table) {
        this.table = table;
    }

    /** Both tables are gone at the end of the transaction. */
    String createWanted() {
        return "CREATE TEMPORARY TABLE confiture_wanted ON COMMIT DROP AS SELECT "
                + String.join(", ", table.fedColumns())
                + (table.isShared() ? ", 0 AS " + ENTRY : "")
                + " FROM "
                + table.target().name().quoted()
                + " WITH NO DATA";
    }

    /** To be run before the wanted rows of an entry of a shared table come. */
    String expect(Derivation entry) {
        return "ALTER TABLE "
                + WANTED
                + " ALTER "
                + ENTRY
                + " SET DEFAULT "
                + table.entries().indexOf(entry);
    }

    String createFound(RowHash hash, Slice slice, Set<Integer> parts) {
        String alias = ComparedTable.TARGET;
        return "CREATE TEMPORARY TABLE confiture_found ON COMMIT DROP AS SELECT"
                + " coalesce(w.key, s.key) AS key, coalesce(w.texts, s.texts) AS texts,"
                + " coalesce(w.n, 0) AS wanted, coalesce(s.n, 0) AS stored, s.tables, s.places"
                + " FROM (SELECT "
                + keyAndTexts()
                + ", pg_catalog.count(*) AS n FROM "
                + WANTED
                + " AS "
                + alias
                + " GROUP BY 1, 2) AS w FULL JOIN (SELECT "
                + keyAndTexts()
                + ", pg_catalog.count(*) AS n, pg_catalog.array_agg("
                + alias
                + "."
                + ComparedTable.PLACE_TABLE
                + ") AS tables, pg_catalog.array_agg("
                + alias
                + "."
                + ComparedTable.PLACE
                + ") AS places FROM ("
                + table.rows(hash, slice, parts)
                + ") AS "
                + alias
                + " GROUP BY 1, 2) AS s ON w.texts OPERATOR(pg_catalog.=) s.texts"
                + " WHERE w.n IS DISTINCT FROM s.n";
    }

    /** The texts of all columns that are compared, as an array. */
    static String texts(ComparedTable table) {
        return array(values(table));
    }

    private static List<String> values(ComparedTable table) {
        return table.storedValues(ComparedTable.TARGET).stream().map(RowText::alone).toList();
    }

    private String keyAndTexts() {
        List<String> values = values(table);
        return keyText(values) + " AS key, " + array(values) + " AS texts";
    }

    private String keyText(List<String> values) {
        if (table.key().isEmpty()) {
            String texts = "CAST(" + array(values) + " AS text)";
            return "ARRAY['md5 ' OPERATOR(pg_catalog.||) pg_catalog.md5(" + texts + ")]";
        }
        List<String> names = table.columns().stream().map(Column::name).toList();
        return array(table.key().stream().map(name -> values.get(names.indexOf(name))).toList());
    }

    static String array(List<String> values) {
        return "CAST(ARRAY[" + String.join(", ", values) + "] AS text[])";
    }

    /**
     * The rows that differ, a line for each key and kind: kind, how many of that kind there are
     * with any key, the key, the numbers of the columns that differ.
     *
     * @param named so many lines of each kind
     */
    static String name(int named) {
        return """
        SELECT kind, total, left(name, 200), columns, number FROM (
            SELECT kind, name, columns,
                   CAST(sum(n) OVER (PARTITION BY kind) AS bigint) AS total,
                   row_number() OVER (PARTITION BY kind
                                      ORDER BY char_length(name), name COLLATE "C") AS number
            FROM (
                SELECT array_to_string(key, ', ', 'NULL') AS name,
                       lacking - least(lacking, surplus) AS missing,
                       surplus - least(lacking, surplus) AS unexpected,
                       least(lacking, surplus) AS different,
                       (SELECT array_agg(CAST(position AS text) ORDER BY position)
                        FROM ROWS FROM (unnest(wanted), unnest(stored)) WITH ORDINALITY
                            AS u (w, s, position)
                        WHERE w IS DISTINCT FROM s) AS columns
                FROM (
                    SELECT key,
                           sum(greatest(wanted - stored, 0)) AS lacking,
                           sum(greatest(stored - wanted, 0)) AS surplus,
                           min(texts) FILTER (WHERE wanted > stored) AS wanted,
                           min(texts) FILTER (WHERE stored > wanted) AS stored
                    FROM pg_temp.confiture_found GROUP BY key
                ) AS keys
            ) AS kinds,
            LATERAL (VALUES ('MISSING', missing), ('UNEXPECTED', unexpected),
                            ('DIFFERENT', different)) AS rows (kind, n)
            WHERE n > 0
        ) AS numbered
        WHERE number <= %d
        ORDER BY kind, number"""
                .formatted(named);
    }
}
