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
        session.execute(
                "DECLARE kept_keys NO SCROLL CURSOR FOR SELECT table_number, key"
                        + " FROM "
                        + kept
                        + " WHERE key <> '' ORDER BY table_number, "
                        + CLUSTERED);
        for (List<Kept> some = fetch(); !some.isEmpty(); some = fetch()) {
            Map<TableName, List<String>> byTable = new LinkedHashMap<>();
            some.forEach(
                    kept ->
                            byTable.computeIfAbsent(kept.table, any -> new ArrayList<>())
                                    .add(kept.key));
            byTable.forEach(reader::read);
        }
        session.execute("CLOSE kept_keys");
    }

    private List<Kept> fetch() {
        return session.query(
                "FETCH " + BATCH + " FROM kept_keys",
                row -> new Kept(tables.get((int) row.number(1)), row.text(2)));
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
}
