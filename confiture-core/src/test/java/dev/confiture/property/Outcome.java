package dev.confiture.property;

import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a run ended. */
sealed interface Outcome {
    /** All rows by table, ordered, in the text of COPY. */
    record Rows(Map<String, String> tables) implements Outcome {}

    /** No rows, and why. */
    record Failed(String reason) implements Outcome {}

    /** Two failures may have different words for the same row. */
    default boolean same(Outcome other) {
        return this instanceof Failed ? other instanceof Failed : equals(other);
    }

    static Rows rows(TestDatabase database, List<TargetTable> tables) throws SQLException {
        return rows(database, "public", tables);
    }

    static Rows rows(TestDatabase database, String schema, List<TargetTable> tables)
            throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (TargetTable table : tables) {
            rows.put(
                    table.name(),
                    database.copyOut(
                            "COPY (SELECT x.* FROM "
                                    + schema
                                    + "."
                                    + Names.quote(table.name())
                                    + " AS x ORDER BY x::text COLLATE \"C\") TO STDOUT"));
        }
        return new Rows(rows);
    }
}
