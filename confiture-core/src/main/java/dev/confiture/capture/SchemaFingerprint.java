package dev.confiture.capture;

import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the tables look like that a mapping reads, as one text each that the ledger can keep. DDL
 * sends no rows: it may change every value, or take rows away, without a word in the stream. So
 * each hop looks again, in its own snapshot, and compares.
 *
 * <p>What was compared without a difference takes the place of what it was compared with: a column
 * that was granted to somebody one day and a table that is vacuumed in full another day are
 * harmless apart, and together look like ALTER TABLE.
 */
public record SchemaFingerprint(SortedMap<TableName, String> tables) {
    public SchemaFingerprint {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /**
     * Reads it in one statement, as the transaction's snapshot has it. The tables must be locked
     * (ACCESS SHARE) since before the snapshot was taken: a table that is rewritten afterwards
     * looks empty to it.
     */
    public static SchemaFingerprint read(Session source, Collection<TableName> tables) {
        SortedMap<TableName, String> texts = new TreeMap<>();
        source.query(
                        SqlText.named("capture/fingerprint_tables"),
                        row -> Map.entry(new TableName(row.text(1), row.text(2)), row.text(3)),
                        tables.stream().map(TableName::schema).toList(),
                        tables.stream().map(TableName::name).toList())
                .forEach(table -> texts.put(table.getKey(), table.getValue()));
        return new SchemaFingerprint(texts);
    }
}
