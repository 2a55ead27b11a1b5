package dev.confiture.setup;

import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;

/** What a server says of itself, of the database and of the role that is logged in. */
record Facts(
        int version,
        boolean inRecovery,
        String encoding,
        String role,
        boolean superuser,
        boolean mayCreate,
        boolean mayUseWrapper,
        String database) {
    static Facts of(Session session) {
        return session.queryOne(
                SqlText.named("setup/describe_database"),
                row ->
                        new Facts(
                                Math.toIntExact(row.number(1)),
                                row.truth(2),
                                row.text(3),
                                row.text(4),
                                row.truth(5),
                                row.truth(6),
                                row.truth(7),
                                row.text(8)));
    }

    int majorVersion() {
        return version / 10_000;
    }
}
