package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the source's tables between two fingerprints.
 *
 * @param differences what no hop can follow, in words
 * @param renewed partitioned tables that have gained or lost rows of which the stream says nothing,
 *     and why: every row of them counts as changed. Partitions are sent as changes of their root,
 *     but attaching, detaching and dropping them is not sent at all, and TRUNCATE of a partition is
 *     left out for the root's sake
 * @see <a
 *     href="https://www.postgresql.org/docs/current/sql-createpublication.html">publish_via_partition_root</a>
 */
public record SchemaChanges(List<String> differences, SortedMap<TableName, String> renewed) {
    public SchemaChanges {
        differences = List.copyOf(differences);
        renewed = Collections.unmodifiableSortedMap(new TreeMap<>(renewed));
    }

    /**
     * Compares.
     *
     * @param source the session that read {@code now}, still in that transaction
     */
    public static SchemaChanges between(
            SchemaFingerprint before, SchemaFingerprint now, Session source) {
        List<String> differences = new ArrayList<>();
        SortedMap<TableName, String> renewed = new TreeMap<>();
        before.tables()
                .forEach(
                        (table, text) -> {
                            String present = now.tables().get(table);
                            if (present == null) {
                                differences.add(table.display() + " is gone");
                            } else if (!present.equals(text)) {
                                TableComparison comparison =
                                        new TableComparison(
                                                table.display(),
                                                TableForm.parse(text),
                                                TableForm.parse(present));
                                differences.addAll(comparison.differences());
                                comparison
                                        .renewal(source)
                                        .ifPresent(reason -> renewed.put(table, reason));
                            }
                        });
        return new SchemaChanges(differences, renewed);
    }

    /** Stops the run if there is a difference that no hop can follow. */
    public void refuse() {
        if (!differences.isEmpty()) {
            throw new ConfitureException(
                    ErrorCode.SOURCE_CHANGED,
                    "tables of the source were altered during the migration:\n- "
                            + String.join("\n- ", differences),
                    "Nothing was applied after that. If it has changed no row, take it back on the"
                            + " source and run the same command again. Else make the mapping fit"
                            + " and run `confiture s2s migrate --resync`, which copies the rows"
                            + " anew.");
        }
    }
}
