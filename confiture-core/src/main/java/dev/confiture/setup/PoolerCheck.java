package dev.confiture.setup;

import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import java.util.Optional;

/**
 * Finds a connection pooler between here and the server. In transaction mode it would spread one
 * session's settings, snapshot and locks over several server processes.
 */
final class PoolerCheck {
    private static final String PROCESS = "SELECT pg_backend_pid()";

    private PoolerCheck() {}

    /** Two open sessions of a server without a pooler never share a process, nor change theirs. */
    static Optional<Finding> run(Database database, Session session) {
        long before = session.queryOne(PROCESS, row -> row.number(1));
        long other;
        try (Session second = database.open("pooler check")) {
            other = second.queryOne(PROCESS, row -> row.number(1));
        }
        long after = session.queryOne(PROCESS, row -> row.number(1));
        return shared(before, other, after)
                ? Optional.of(
                        new Finding(
                                Severity.BLOCKER,
                                database.end().label(),
                                "the "
                                        + database.end().label()
                                        + " "
                                        + database.address().display()
                                        + " is reached through a connection pooler that shares its"
                                        + " connections between sessions",
                                "Name the database server's own host and port, not the"
                                        + " pooler's."))
                : Optional.empty();
    }

    static boolean shared(long before, long other, long after) {
        return before != after || before == other;
    }
}
