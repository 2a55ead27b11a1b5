package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL that makes the target right where {@link DifferenceQuery} found it wrong, out of the very
 * rows that it was compared with.
 */
final class RepairQuery {
    private static final String ALIAS = ComparedTable.TARGET;

    private final ComparedTable table;

    RepairQuery(ComparedTable table) {
        this.table = table;
    }

    /** The statements, in the order in which they are to be run. */
    List<String> statements() {
        return keepsMoreThanItIsFed()
                ? List.of(update(), deleteSurplus(), insertLacking())
                : List.of(deleteSurplus(), insertLacking());
    }

    /** A row that is deleted and inserted anew would lose what the mapping does not feed. */
    private boolean keepsMoreThanItIsFed() {
        return !table.key().isEmpty()
                && !settable().isEmpty()
                && table.target().columns().stream()
                        .filter(column -> !column.generated())
                        .map(column -> Identifier.quote(column.name()))
                        .anyMatch(column -> !table.fedColumns().contains(column));
    }

    /** One row of the key on either side: it gets its values, and is no difference any more. */
    private String update() {
        String values =
                settable().stream()
                        .map(column -> column + " = w." + column)
                        .collect(Collectors.joining(", "));
        return "WITH pair AS (SELECT l.key, l.texts AS wanted, s.texts AS stored, s.tables[1] AS"
                + " lies_in, s.places[1] AS place FROM "
                + DifferenceQuery.FOUND
                + " AS l JOIN "
                + DifferenceQuery.FOUND
                + " AS s ON s.key OPERATOR(pg_catalog.=) l.key"
                + " WHERE l.wanted = 1 AND l.stored = 0 AND s.wanted = 0 AND s.stored = 1"
                + " AND (SELECT pg_catalog.count(*) FROM "
                + DifferenceQuery.FOUND
                + " AS o WHERE o.key OPERATOR(pg_catalog.=) l.key) = 2),"
                + " changed AS (UPDATE "
                + table.target().ownRows()
                + " AS "
                + ALIAS
                + " SET "
                + values
                + " FROM pair JOIN "
                + wanted()
                + " ON w.\"confiture texts\" OPERATOR(pg_catalog.=) pair.wanted WHERE "
                + ALIAS
                + ".ctid OPERATOR(pg_catalog.=) pair.place AND "
                + ALIAS
                + ".tableoid OPERATOR(pg_catalog.=) pair.lies_in RETURNING pair.key)"
                + " DELETE FROM "
                + DifferenceQuery.FOUND
                + " AS f USING changed WHERE f.key OPERATOR(pg_catalog.=) changed.key";
    }

    private List<String> settable() {
        List<String> fed = table.fedColumns();
        return table.target().columns().stream()
                .filter(column -> !table.key().contains(column.name()))
                .map(Column::name)
                .map(Identifier::quote)
                .filter(fed::contains)
                .toList();
    }

    private String deleteSurplus() {
        return "DELETE FROM "
                + table.target().ownRows()
                + " AS "
                + ALIAS
                + " USING "
                + DifferenceQuery.FOUND
                + " AS f, LATERAL ROWS FROM (pg_catalog.unnest(f.tables),"
                + " pg_catalog.unnest(f.places)) WITH ORDINALITY AS p (lies_in, place, number)"
                + " WHERE p.number <= f.stored - f.wanted AND "
                + ALIAS
                + ".ctid OPERATOR(pg_catalog.=) p.place AND "
                + ALIAS
                + ".tableoid OPERATOR(pg_catalog.=) p.lies_in";
    }

    private String insertLacking() {
        String columns = String.join(", ", table.fedColumns());
        return "INSERT INTO "
                + table.target().name().quoted()
                + " ("
                + columns
                + ") OVERRIDING SYSTEM VALUE SELECT "
                + table.fedColumns().stream()
                        .map(column -> "w." + column)
                        .collect(Collectors.joining(", "))
                + " FROM "
                + DifferenceQuery.FOUND
                + " AS f JOIN "
                + wanted()
                + " ON w.\"confiture texts\" OPERATOR(pg_catalog.=) f.texts"
                + " AND w.\"confiture number\" <= f.wanted - f.stored";
    }

    /** The wanted rows with their texts, and those of the same texts numbered. */
    private String wanted() {
        String texts = DifferenceQuery.texts(table);
        return "(SELECT "
                + ALIAS
                + ".*, "
                + texts
                + " AS \"confiture texts\", pg_catalog.row_number() OVER (PARTITION BY "
                + texts
                + ") AS \"confiture number\" FROM "
                + DifferenceQuery.WANTED
                + " AS "
                + ALIAS
                + ") AS w";
    }
}
