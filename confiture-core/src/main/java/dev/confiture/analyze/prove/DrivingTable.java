package dev.confiture.analyze.prove;

import dev.confiture.catalog.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/** Questions about an entry's rows that are put to its driving table, before any cast is run. */
final class DrivingTable {
    private static final String NAMED = "\"row to name\"";

    private final Snapshot snapshot;
    private final EntryRows rows;

    DrivingTable(Snapshot snapshot, EntryRows rows) {
        this.snapshot = snapshot;
        this.rows = rows;
    }

    /** How many rows meet the condition; no column is computed, as nothing asks for one. */
    long count(String condition) {
        return snapshot.session()
                .select(
                        "SELECT count(*) FROM (" + rows.selectWhere(condition) + ") AS counted",
                        row -> row.number(1))
                .getFirst();
    }

    /** The keys of rows of the driving table from which the entry makes rows. */
    Keys keys(String condition) {
        List<String> key = key();
        if (key.isEmpty()) {
            return new Keys(key, List.of());
        }
        String same =
                key.stream()
                        .map(Identifier::quote)
                        .map(it -> rows.sourceAlias() + "." + it + " = " + NAMED + "." + it)
                        .collect(Collectors.joining(" AND "));
        String made = rows.selectWhere("(" + condition + ") AND " + same);
        String from =
                rows.relation()
                        + " AS "
                        + NAMED
                        + " WHERE EXISTS (SELECT FROM ("
                        + made
                        + ") AS made)";
        return new Keys(
                key,
                snapshot.ask(Keys.select(KeyLabel.of(NAMED, key), from), row -> row.text(1))
                        .rows());
    }

    private List<String> key() {
        return rows.source().key() == null ? List.of() : rows.source().key().columns();
    }

    /** The statement that shows the rows to a person. */
    String statement(String condition) {
        return "SELECT * FROM "
                + rows.relation()
                + " AS "
                + rows.sourceAlias()
                + " WHERE "
                + condition
                + ";";
    }
}
