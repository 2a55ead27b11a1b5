package dev.confiture.ledger;

import dev.confiture.catalog.TableName;
import dev.confiture.change.KeyBatches;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Changed keys that are kept in the ledger: read through a cursor, so that they may be many. */
public final class KeptKeys implements KeyBatches {
    private static final int BATCH = 10_000;

    private static final String CURSOR = "kept_keys";

    /** As whole numbers are in order, so that neighbours are worked off together. */
    private static final String CLUSTERED =
            "pg_catalog.octet_length(key), key COLLATE pg_catalog.\"C\"";

    private final Session session;
    private final String kept;
    private final List<TableName> tables;

    /**
     * @param kept the table that they are kept in
     * @param tables what their table numbers stand for
     */
    KeptKeys(Session session, String kept, List<TableName> tables) {
        this.session = session;
        this.kept = kept;
        this.tables = List.copyOf(tables);
    }

    private record Kept(TableName table, String key) {}

    @Override
    public void forEach(Reader reader) {
        declare(CURSOR, "");
        for (Map<TableName, List<String>> some = fetch(CURSOR);
                !some.isEmpty();
                some = fetch(CURSOR)) {
            some.forEach(reader::read);
        }
        session.execute("CLOSE " + CURSOR);
    }

    void declare(String cursor, String hold) {
        session.execute(
                "DECLARE "
                        + cursor
                        + " NO SCROLL CURSOR "
                        + hold
                        + " FOR SELECT table_number, key FROM "
                        + kept
                        + " WHERE key <> '' ORDER BY table_number, "
                        + CLUSTERED);
    }

    /** The cursor's next keys, by table; none at its end. */
    Map<TableName, List<String>> fetch(String cursor) {
        Map<TableName, List<String>> byTable = new LinkedHashMap<>();
        session.query(
                        "FETCH " + BATCH + " FROM " + cursor,
                        row -> new Kept(tables.get((int) row.number(1)), row.text(2)))
                .forEach(
                        one ->
                                byTable.computeIfAbsent(one.table, any -> new ArrayList<>())
                                        .add(one.key));
        return byTable;
    }

    @Override
    public Set<TableName> wholeTables() {
        return new TreeSet<>(
                session.query(
                        "SELECT table_number FROM " + kept + " WHERE key = ''",
                        row -> tables.get((int) row.number(1))));
    }

    /** Whether no more than one batch waits, so that nothing has to be prepared for it. */
    public boolean fitOneBatch() {
        return session.queryOne(
                "SELECT count(*) <= " + BATCH + " FROM " + kept, row -> row.truth(1));
    }

    /** Forgets them, in the transaction of the hop that has worked them off. */
    public void delete() {
        session.execute("DELETE FROM " + kept);
    }

    /** Forgets some of a table, as part of the caller's transaction. */
    void delete(TableName table, List<String> keys) {
        session.update(
                "DELETE FROM "
                        + kept
                        + " WHERE table_number = ?"
                        + " AND md5(key) = ANY (ARRAY(SELECT md5(key) FROM unnest(?::text[]) key))",
                tables.indexOf(table),
                keys);
    }
}
