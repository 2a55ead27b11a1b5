package dev.confiture.scenario;

import dev.confiture.sandbox.TestDatabase;
import java.sql.SQLException;
import java.util.List;

/** What a database holds besides rows, as text; nothing of it may be different afterwards. */
final class DatabaseObjects {
    private static final String LIST =
            """
            WITH known AS (
                SELECT oid FROM pg_namespace
                WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
            )
            SELECT format('index %s of %s: %s, valid %s, cluster %s, identity %s, under %s,'
                          ' tablespace %s, statistics %s, comment %s',
                i.indexrelid::regclass, i.indrelid::regclass, pg_get_indexdef(i.indexrelid),
                i.indisvalid, i.indisclustered, i.indisreplident, h.inhparent::regclass,
                c.reltablespace,
                (SELECT array_agg((a.attnum, a.attstattarget) ORDER BY a.attnum)
                 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0),
                obj_description(c.oid, 'pg_class'))
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            LEFT JOIN pg_inherits h ON h.inhrelid = c.oid
            WHERE c.relnamespace IN (TABLE known)
            UNION ALL
            SELECT format('constraint %s on %s: %s, valid %s, local %s, inherited %s, comment %s',
                conname, conrelid::regclass, pg_get_constraintdef(oid), convalidated, conislocal,
                coninhcount, obj_description(oid, 'pg_constraint'))
            FROM pg_constraint
            WHERE conrelid <> 0 AND connamespace IN (TABLE known)
            UNION ALL
            SELECT format('trigger %s on %s: %s, enabled %s', tgname, tgrelid::regclass,
                pg_get_triggerdef(g.oid), tgenabled)
            FROM pg_trigger g
            WHERE NOT EXISTS (SELECT FROM pg_constraint k
                WHERE k.oid = g.tgconstraint AND k.contype <> 't')
            UNION ALL
            SELECT format('relation %s: %s, identity %s, options %s, security %s %s',
                oid::regclass, relkind, relreplident, reloptions, relrowsecurity,
                relforcerowsecurity)
            FROM pg_class
            WHERE relnamespace IN (TABLE known)
            UNION ALL
            SELECT 'schema ' || nspname FROM pg_namespace WHERE oid IN (TABLE known)
            UNION ALL
            SELECT 'extension ' || extname FROM pg_extension
            UNION ALL
            SELECT 'server ' || srvname FROM pg_foreign_server
            UNION ALL
            SELECT 'publication ' || pubname FROM pg_publication
            ORDER BY 1
            """;

    private DatabaseObjects() {}

    static List<List<String>> of(TestDatabase database) throws SQLException {
        return database.rows(LIST);
    }
}
