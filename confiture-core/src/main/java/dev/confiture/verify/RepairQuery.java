package dev.confiture.verify;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.mapping.Derivation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        List<String> statements = new ArrayList<>();
        if (keepsMoreThanItIsFed()) {
            statements.add(update());
        }
        statements.add(deleteSurplus());
        byColumns().forEach((columns, entries) -> statements.add(insertLacking(columns, entries)));
        return statements;
    }

    /** The numbers of the entries that feed the same columns, by these columns, quoted. */
    private Map<List<String>, List<Integer>> byColumns() {
        Map<List<String>, List<Integer>> byColumns = new LinkedHashMap<>();
        List<Derivation> entries = table.entries();
        for (int number = 0; number < entries.size(); number++) {
            List<String> fed =
                    entries.get(number).columns().stream()
                            .map(column -> Identifier.quote(column.target()))
                            .toList();
            byColumns.computeIfAbsent(fed, any -> new ArrayList<>()).add(number);
        }
        return byColumns;
    }

    /** A row that is deleted and inserted anew would lose what its entry does not feed. */
    private boolean keepsMoreThanItIsFed() {
        return !table.key().isEmpty()
                && !settable().isEmpty()
                && table.target().columns().stream()
                        .filter(column -> !column.generated())
                        .anyMatch(
                                column ->
                                        table.entriesThatFeed(column).size()
                                                < table.entries().size());
    }

    /** One row of the key on either side: it gets its values, and is no difference any more. */
    private String update() {
        String values = settable().stream().map(this::set).collect(Collectors.joining(", "));
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

    private List<Column> settable() {
        return table.target().columns().stream()
                .filter(column -> !table.key().contains(column.name()))
                .filter(column -> !table.entriesThatFeed(column).isEmpty())
                .toList();
    }

    /** What the row's entry does not feed stays as it is. */
    private String set(Column column) {
        String name = Identifier.quote(column.name());
        List<Derivation> feeding = table.entriesThatFeed(column);
        if (feeding.size() == table.entries().size()) {
            return name + " = w." + name;
        }
        List<Integer> numbers = feeding.stream().map(table.entries()::indexOf).toList();
        return name
                + " = CASE WHEN "
                + among(numbers)
                + " THEN w."
                + name
                + " ELSE "
                + ALIAS
                + "."
                + name
                + " END";
    }

    private static String among(List<Integer> numbers) {
        return numbers.stream()
                .map(number -> "w." + DifferenceQuery.ENTRY + " OPERATOR(pg_catalog.=) " + number)
                .collect(Collectors.joining(" OR ", "(", ")"));
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

    private String insertLacking(List<String> columns, List<Integer> entries) {
        return "INSERT INTO "
                + table.target().name().quoted()
                + " ("
                + String.join(", ", columns)
                + ") OVERRIDING SYSTEM VALUE SELECT "
                + columns.stream().map(column -> "w." + column).collect(Collectors.joining(", "))
                + " FROM "
                + DifferenceQuery.FOUND
                + " AS f JOIN "
                + wanted()
                + " ON w.\"confiture texts\" OPERATOR(pg_catalog.=) f.texts"
                + " AND w.\"confiture number\" <= f.wanted - f.stored"
                + (table.isShared() ? " WHERE " + among(entries) : "");
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
