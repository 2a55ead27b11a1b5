package dev.confiture.setup;

import dev.confiture.catalog.ForeignTableName;
import dev.confiture.catalog.Identifier;
import dev.confiture.environment.DatabaseAddress;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.postgres.Database;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;

/** What the target must be like, alone and beside the source; each finding with its remedy. */
final class TargetChecks {
    private TargetChecks() {}

    static List<Finding> run(Database database, Session target, SourceLink source) {
        Facts facts = Facts.of(target);
        Facts sourceFacts = Facts.of(source.session());
        List<Finding> findings = new ArrayList<>();
        ServerVersions.check("target", facts).ifPresent(findings::add);
        ServerVersions.compare(sourceFacts, facts).ifPresent(findings::add);
        if (facts.inRecovery()) {
            findings.add(
                    blocker(
                            "target",
                            "the target is a standby server and cannot be written to",
                            "Name the primary server as the target."));
        }
        encoding(sourceFacts, facts, findings);
        privileges(facts, findings);
        taken(target, findings);
        password(target, source, facts, findings);
        PoolerCheck.run(database, target).ifPresent(findings::add);
        TlsCheck.run("target", database.address()).ifPresent(findings::add);
        return findings;
    }

    private static void encoding(Facts source, Facts target, List<Finding> findings) {
        if (source.encoding().equals("SQL_ASCII") && !target.encoding().equals("SQL_ASCII")) {
            findings.add(
                    new Finding(
                            Severity.WARNING,
                            "encoding",
                            "the source's encoding is SQL_ASCII, so nobody knows what its bytes"
                                    + " mean; a text that is not valid "
                                    + target.encoding()
                                    + " will stop the copy",
                            "Mend such texts in the source before the migration."));
        } else if (!target.encoding().equals("UTF8")
                && !target.encoding().equals(source.encoding())) {
            findings.add(
                    blocker(
                            "encoding",
                            "the target's encoding "
                                    + target.encoding()
                                    + " cannot hold every character of the source's "
                                    + source.encoding(),
                            "Create the target database with ENCODING 'UTF8'."));
        }
    }

    private static void privileges(Facts facts, List<Finding> findings) {
        String role = Identifier.quote(facts.role());
        if (!facts.mayCreate()) {
            findings.add(
                    blocker(
                            "database " + facts.database(),
                            "role "
                                    + facts.role()
                                    + " may not create schemas in the target database",
                            "GRANT CREATE ON DATABASE "
                                    + Identifier.quote(facts.database())
                                    + " TO "
                                    + role
                                    + ";"));
        }
        if (!facts.mayUseWrapper()) {
            findings.add(
                    blocker(
                            "postgres_fdw",
                            "role " + facts.role() + " may not use postgres_fdw in the target",
                            "Let a superuser run in the target database: GRANT USAGE ON FOREIGN"
                                    + " DATA WRAPPER postgres_fdw TO "
                                    + role
                                    + ";"));
        }
    }

    /** Something of the user's that bears our name is never touched. */
    private static void taken(Session target, List<Finding> findings) {
        if (OldSchema.isTaken(target)) {
            findings.add(
                    blocker(
                            "schema " + ForeignTableName.SCHEMA,
                            "the target already has a schema "
                                    + ForeignTableName.SCHEMA
                                    + " that Confiture did not make",
                            "Rename it (ALTER SCHEMA "
                                    + ForeignTableName.SCHEMA
                                    + " RENAME TO …;) or drop it."));
        }
        if (ForeignServer.isTaken(target)) {
            findings.add(
                    blocker(
                            "foreign server " + ForeignServer.NAME,
                            "the target already has a foreign server "
                                    + ForeignServer.NAME
                                    + " that Confiture did not make",
                            "Rename it (ALTER SERVER "
                                    + ForeignServer.NAME
                                    + " RENAME TO …;) or drop it."));
        }
    }

    private static void password(
            Session target, SourceLink source, Facts facts, List<Finding> findings) {
        DatabaseAddress address = source.address();
        if (source.password().isEmpty()) {
            if (!facts.superuser()) {
                findings.add(
                        blocker(
                                "source's password",
                                "postgres_fdw lets role "
                                        + facts.role()
                                        + ", which is no superuser of the target, log in to the"
                                        + " source only with a password, and none is given for "
                                        + address.display(),
                                "Give the source's password (database_url, PGPASSWORD or password"
                                        + " file), or run setup as a superuser of the target."));
            }
            return;
        }
        List<String> leaks =
                target.query(SqlText.named("setup/list_log_leaks"), row -> row.text(1));
        if (!leaks.isEmpty()) {
            findings.add(
                    new Finding(
                            Severity.WARNING,
                            "source's password",
                            "the target's server log will show the source's password, because of "
                                    + String.join(" and ", leaks)
                                    + ", which role "
                                    + facts.role()
                                    + " may not switch off",
                            "Use a password for this migration alone, or let a superuser run ALTER"
                                    + " ROLE "
                                    + Identifier.quote(facts.role())
                                    + " SET log_statement = 'none'; and the like before setup."));
        }
    }

    private static Finding blocker(String subject, String message, String remedy) {
        return new Finding(Severity.BLOCKER, subject, message, remedy);
    }
}
