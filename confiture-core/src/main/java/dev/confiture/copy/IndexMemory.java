package dev.confiture.copy;

import dev.confiture.postgres.Session;

/** How much memory an index build may take before it sorts on disk. */
final class IndexMemory {
    private static final String AT_LEAST_256_MB =
            "SELECT set_config('maintenance_work_mem', '256MB', false)"
                    + " FROM pg_settings WHERE name = 'maintenance_work_mem'"
                    + " AND setting::bigint < 256 * 1024";

    private IndexMemory() {}

    /** Gives a session enough of it, or more if the server is set up for that. */
    static void provide(Session session) {
        session.query(AT_LEAST_256_MB, row -> row.text(1));
    }
}
