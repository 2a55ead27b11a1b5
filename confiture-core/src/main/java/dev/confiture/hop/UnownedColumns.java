package dev.confiture.hop;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import dev.confiture.postgres.Session;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns of a target table that the mapping does not feed: a row that is made anew keeps their
 * values. They are put aside when the row is deleted and taken up again when it comes back; only a
 * row that is new gets the columns' defaults.
 */
final class UnownedColumns {
    private final List<String> columns;
    private final List<String> fed;
    private final String target;
    private final List<String> key;
    private final String aside;
    private final String stage;

    private UnownedColumns(
            List<String> columns,
            List<String> fed,
            String target,
            List<String> key,
            String aside,
            String stage) {
        this.columns = columns;
        this.fed = fed;
        this.target = target;
        this.key = key;
        this.aside = aside;
        this.stage = stage;
    }

    static UnownedColumns of(Derivation derivation, Table target, RowKey key, int number) {
        Set<String> fed =
                derivation.columns().stream()
                        .map(DerivedColumn::target)
                        .collect(Collectors.toSet());
        return new UnownedColumns(
                target.columns().stream()
                        .filter(column -> !fed.contains(column.name()) && !column.generated())
                        .map(Column::name)
                        .map(Identifier::quote)
                        .toList(),
                derivation.columns().stream()
                        .map(DerivedColumn::target)
                        .map(Identifier::quote)
                        .toList(),
                target.name().quoted(),
                key.writing().stream().map(KeyColumn::name).toList(),
                "pg_temp." + Identifier.quote("confiture_aside_" + number),
                "pg_temp." + Identifier.quote("confiture_stage_" + number));
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Runs a DELETE of ours and puts the values of the rows aside. */
    void keep(Session session, String delete) {
        createTables(session);
        String kept = String.join(", ", key) + ", " + String.join(", ", columns);
        session.execute(
                "WITH gone AS ("
                        + delete
                        + " RETURNING "
                        + prefixed(RowKey.TARGET, key)
                        + ", "
                        + prefixed(RowKey.TARGET, columns)
                        + ") INSERT INTO "
                        + aside
                        + " ("
                        + kept
                        // Before the first hop a row may be there twice; it comes back once.
                        + ") SELECT DISTINCT ON ("
                        + String.join(", ", key)
                        + ") "
                        + kept
                        + " FROM gone AS g WHERE NOT EXISTS (SELECT FROM "
                        + aside
                        + " AS a WHERE "
                        + equal("a", "g")
                        + ")");
    }

    /** The table that takes the rows which are made anew. */
    String stage(Session session) {
        createTables(session);
        session.execute("TRUNCATE " + stage);
        return stage;
    }

    /** Moves the rows from the stage into the target. */
    void insert(Session session) {
        String into = "INSERT INTO " + target + " (" + String.join(", ", fed);
        session.execute(
                into
                        + ", "
                        + String.join(", ", columns)
                        + ") OVERRIDING SYSTEM VALUE SELECT "
                        + prefixed("s", fed)
                        + ", "
                        + prefixed("a", columns)
                        + " FROM "
                        + stage
                        + " AS s JOIN "
                        + aside
                        + " AS a ON "
                        + equal("a", "s"));
        session.execute(
                into
                        + ") OVERRIDING SYSTEM VALUE SELECT "
                        + prefixed("s", fed)
                        + " FROM "
                        + stage
                        + " AS s WHERE NOT EXISTS (SELECT FROM "
                        + aside
                        + " AS a WHERE "
                        + equal("a", "s")
                        + ")");
    }

    /** Both live as long as the session and are empty when a transaction begins. */
    private void createTables(Session session) {
        createTable(session, stage, String.join(", ", fed));
        createTable(session, aside, String.join(", ", key) + ", " + String.join(", ", columns));
    }

    private void createTable(Session session, String table, String selected) {
        session.execute(
                "CREATE TEMPORARY TABLE IF NOT EXISTS "
                        + table
                        + " ON COMMIT DELETE ROWS AS SELECT "
                        + selected
                        + " FROM "
                        + target
                        + " WITH NO DATA");
    }

    private String equal(String left, String right) {
        return key.stream()
                .map(column -> left + "." + column + " = " + right + "." + column)
                .collect(Collectors.joining(" AND "));
    }

    private static String prefixed(String alias, List<String> names) {
        return names.stream().map(name -> alias + "." + name).collect(Collectors.joining(", "));
    }
}
