package dev.confiture.staging;

import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.mapping.CopyFormat;
import dev.confiture.mapping.Derivation;
import dev.confiture.postgres.CopyPipe;
import dev.confiture.postgres.Session;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an entry's driving table in a temporary table of the target, which takes the foreign
 * table's place in the entry's SELECT. A foreign table is read in a snapshot of its own; these rows
 * are of the snapshot that the session of the source is in.
 */
public final class StagedRows {
    private final Derivation entry;
    private final Table source;
    private final String name;

    private StagedRows(Derivation entry, Table source, String name) {
        this.entry = entry;
        this.source = source;
        this.name = name;
    }

    /**
     * For one entry.
     *
     * @param source the entry's driving table
     * @param number tells apart what one session of the target holds at the same time
     */
    public static StagedRows of(Derivation entry, Table source, int number) {
        // The name hangs on the table, too: the columns of the one that is there are always its.
        String name = "confiture_rows_" + ForeignTableName.hash(source.name()) + "_" + number;
        return new StagedRows(entry, source, "pg_temp." + Identifier.quote(name));
    }

    /**
     * Brings the rows; those that were there are gone.
     *
     * @param from inside the snapshot that the rows are to be of
     * @param to inside the transaction in which they are wanted
     * @param condition SQL over the driving table, by its name, or null for all rows
     */
    public void bring(Session from, Session to, @Nullable String condition) {
        TableName foreign = ForeignTableName.of(source.name());
        to.execute(
                "CREATE TEMPORARY TABLE IF NOT EXISTS "
                        + name
                        + " (LIKE "
                        + foreign.quoted()
                        + ") ON COMMIT DELETE ROWS");
        to.execute("TRUNCATE " + name);
        String columns = Identifier.quoteAll(source.columnNames());
        String options = CopyFormat.TEXT.options();
        CopyPipe.run(
                from,
                "COPY (SELECT "
                        + columns
                        + " FROM "
                        + source.ownRows()
                        + " AS "
                        + Identifier.quote(source.name().name())
                        + (condition == null ? "" : " WHERE " + condition)
                        + ") TO STDOUT "
                        + options,
                to,
                "COPY " + name + " (" + columns + ") FROM STDIN " + options);
    }

    /** The temporary table, as a FROM item without an alias. */
    public String relation() {
        return name;
    }

    /** The entry's rows, made of those that were brought. */
    public String select() {
        return entry.selectOnTarget(name, null);
    }
}
