package dev.confiture.copy;

import dev.confiture.postgres.Session;

/** The order in which a server gives the rows of a query that asks for none. */
final class RowOrder {
    private static final String IN_PLACE =
            "SELECT set_config(name, CASE vartype WHEN 'bool' THEN 'off' ELSE '0' END, false)"
                    + " FROM pg_settings WHERE name IN ('enable_indexscan', 'enable_indexonlyscan',"
                    + " 'enable_bitmapscan', 'max_parallel_workers_per_gather')";

    private RowOrder() {}

    /** From here on rows come in the order in which they lie, each time. */
    static void inPlace(Session session) {
        session.query(IN_PLACE, row -> row.text(1));
    }
}
