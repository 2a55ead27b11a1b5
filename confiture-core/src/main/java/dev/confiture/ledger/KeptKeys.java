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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Changed keys that are kept in the ledger: read through a cursor, so that they may be many. To be
 * used inside one transaction, at whose end the cursor goes.
 */
public final class KeptKeys implements KeyBatches {
    private static final int BATCH = 10_000;

    /** As whole numbers are in order, so that neighbours are worked off together. */
    private static final String CLUSTERED =
            "table_number, pg_catalog.octet_length(key), key COLLATE pg_catalog.\"C\"";

    /** A transaction may go through several of them. */
    private static final AtomicLong CURSORS = new AtomicLong();

    private final String cursor = "kept_keys_" + CURSORS.incrementAndGet();
    private final Session session;
    private final String relation;
    private final Object[] parameters;
    private final List<TableName> tables;
    private boolean declared;

    /**
     * Some of the ledger's keys.
     *
     * @param relation what they are read from, as FROM takes it; a key may be in it more than once
     * @param tables what their table numbers stand for
     * @param parameters of the relation
     */
    KeptKeys(Session session, String relation, List<TableName> tables, Object... parameters) {
        this.session = session;
        this.relation = relation;
        this.tables = List.copyOf(tables);
        this.parameters = parameters.clone();
    }

    private record Kept(TableName table, String key) {}

    @Override
    public void forEach(Reader reader) {
        if (declared) {
            session.execute("MOVE ABSOLUTE 0 IN " + cursor);
        } else {
            declare(cursor, "SCROLL CURSOR");
            declared = true;
        }
        for (Map<TableName, List<String>> some = fetch(cursor);
                !some.isEmpty();
                some = fetch(cursor)) {
            some.forEach(reader::read);
        }
    }

    void declare(String name, String kind) {
        session.update(
                "DECLARE "
                        + name
                        + " "
                        + kind
                        + " FOR SELECT DISTINCT ON ("
                        + CLUSTERED
                        + ") table_number, key FROM "
                        + relation
                        + " WHERE key <> '' ORDER BY "
                        + CLUSTERED,
                parameters);
    }

    /** A cursor's next keys, by table; none at its end. */
    Map<TableName, List<String>> fetch(String name) {
        Map<TableName, List<String>> byTable = new LinkedHashMap<>();
        session.query(
                        "FETCH " + BATCH + " FROM " + name,
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
                        "SELECT DISTINCT table_number FROM " + relation + " WHERE key = ''",
                        row -> tables.get((int) row.number(1)),
                        parameters));
    }

    /** Adds them to another table of keys, each once; returns how many were not there. */
    long addTo(String other) {
        return session.update(
                "INSERT INTO "
                        + other
                        + " SELECT DISTINCT table_number, key FROM "
                        + relation
                        + " ON CONFLICT DO NOTHING",
                parameters);
    }

    /** Whether no more than one batch waits, so that nothing has to be prepared for it. */
    public boolean fitOneBatch() {
        return session.queryOne(
                "SELECT count(*) <= " + BATCH + " FROM " + relation,
                row -> row.truth(1),
                parameters);
    }
}
