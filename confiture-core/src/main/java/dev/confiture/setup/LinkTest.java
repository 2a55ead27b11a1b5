package dev.confiture.setup;

import dev.confiture.catalog.Literal;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlText;
import java.util.UUID;

/**
 * Proves that the target server reaches the source, and that it is the very same database: a
 * session that we open there under a random name must be seen from the target through the link.
 * Every role sees the names of its own sessions, so this needs no rights.
 */
final class LinkTest {
    private static final String PROBE = "old_schema.confiture_link_probe";

    private LinkTest() {}

    /** Runs inside a transaction of the target, after the server and the schema have been made. */
    static void run(Session target, SourceLink source) {
        String purpose = "link " + UUID.randomUUID();
        try (Session witness = source.database().open(purpose)) {
            String database =
                    witness.queryOne("SELECT current_database()::text", row -> row.text(1));
            String name =
                    witness.queryOne(
                            "SELECT current_setting('application_name')", row -> row.text(1));
            long seen = look(target, source, database, name);
            if (seen == 0) {
                throw elsewhere(source);
            }
        }
    }

    private static long look(Session target, SourceLink source, String database, String name) {
        target.execute(SqlText.named("setup/create_link_probe"));
        long seen;
        try {
            seen =
                    target.select(
                                    "SELECT count(*) FROM "
                                            + PROBE
                                            + " WHERE datname = "
                                            + Literal.quote(database)
                                            + "::name AND application_name = "
                                            + Literal.quote(name),
                                    row -> row.number(1))
                            .getFirst();
        } catch (SqlFailure failure) {
            throw failed(failure, source);
        }
        target.execute("DROP FOREIGN TABLE " + PROBE);
        return seen;
    }

    private static ConfitureException elsewhere(SourceLink source) {
        return new ConfitureException(
                ErrorCode.FDW_LINK_FAILED,
                "seen from the target server, "
                        + source.seenFromTarget()
                        + " is another PostgreSQL server than the source "
                        + source.address().display(),
                "Write the source's address as the target server sees it into the source's"
                        + " environment file: fdw_host and fdw_port.");
    }

    private static ConfitureException failed(SqlFailure failure, SourceLink source) {
        return new ConfitureException(
                ErrorCode.FDW_LINK_FAILED,
                "the target server cannot read the source database "
                        + source.address().database()
                        + " at "
                        + source.seenFromTarget()
                        + " as "
                        + source.address().user()
                        + ": "
                        + failure.getMessage(),
                remedy(failure, source),
                failure);
    }

    private static String remedy(SqlFailure failure, SourceLink source) {
        String said = failure.getMessage();
        if (failure.is("2F003")) {
            return "postgres_fdw lets a role that is no superuser in only with a password that the"
                    + " source server really asks for. Give the source's password (database_url,"
                    + " PGPASSWORD or password file), and let the source's pg_hba.conf demand one"
                    + " (scram-sha-256) from the target server's address; or run setup as a"
                    + " superuser of the target.";
        }
        if (said.contains("password")) {
            return "Check the password of "
                    + source.address().user()
                    + " (database_url, PGPASSWORD or password file), and the line of the source's"
                    + " pg_hba.conf that is meant for the target server's address.";
        }
        if (said.contains("pg_hba.conf")) {
            return "Let the source's pg_hba.conf admit "
                    + source.address().user()
                    + " from the target server's address.";
        }
        if (said.contains("certificate")) {
            return "The certificate files of the source's TLS options are read by the target"
                    + " server: they must lie under the same path on its machine, readable for the"
                    + " operating system's user that it runs as.";
        }
        return "The connection is made by the target server, not by this machine. If the source has"
                + " another address there, write it into the source's environment file: fdw_host"
                + " and fdw_port. Otherwise check the firewall between both servers and the"
                + " source's listen_addresses and pg_hba.conf.";
    }
}
