package dev.confiture.setup;

import dev.confiture.catalog.Identifier;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What both databases must be like for a rollback after the cutover. None of it keeps a migration
 * from beginning, so each finding is a warning; but without it there is no way back.
 */
public final class WayBackChecks {
    private static final String OR_ADMIN_URL =
            " Or name a login that may as admin_url in the target's environment file.";

    private final CaptureFacts made;
    private final List<Finding> findings = new ArrayList<>();

    private WayBackChecks(CaptureFacts made) {
        this.made = made;
    }

    /**
     * Looks at both.
     *
     * @param target a session of the login that is to capture the target's changes
     * @param sourceOwner a session of the login that is to write to the old tables
     */
    public static List<Finding> run(Session target, Session sourceOwner) {
        WayBackChecks checks = new WayBackChecks(CaptureFacts.of(target));
        checks.capture();
        checks.silence(sourceOwner);
        return checks.findings;
    }

    private void capture() {
        String role = Identifier.quote(made.role());
        if (!made.walLevel().equals("logical")) {
            warn(
                    "wal_level",
                    "is "
                            + made.walLevel()
                            + " on the target, which does not log enough to carry its changes back"
                            + " after the cutover",
                    "Let a superuser run on the target ALTER SYSTEM SET wal_level = 'logical'; and"
                            + " restart the server.");
        }
        if (!made.mayReplicate()) {
            warn(
                    "role " + made.role(),
                    "may not replicate, so that the target's changes cannot be carried back after"
                            + " the cutover",
                    (made.replicationRole()
                                    ? "Run on the target: GRANT rds_replication TO " + role + ";"
                                    : "Let a superuser of the target run ALTER ROLE "
                                            + role
                                            + " REPLICATION;")
                            + OR_ADMIN_URL);
        }
        if (!made.mayCreate()) {
            warn(
                    "database " + made.database(),
                    "role " + made.role() + " may not create a publication in the target",
                    "Run on the target: GRANT CREATE ON DATABASE "
                            + Identifier.quote(made.database())
                            + " TO "
                            + role
                            + ";"
                            + OR_ADMIN_URL);
        }
        if (!made.freeSlot()) {
            warn(
                    "max_replication_slots",
                    "all " + made.slots() + " replication slots of the target are in use",
                    "Drop one that nobody needs (SELECT slot_name, active FROM"
                            + " pg_replication_slots;), or raise max_replication_slots on the"
                            + " target and restart the server.");
        }
        if (!made.freeSender()) {
            warn(
                    "max_wal_senders",
                    "all " + made.senders() + " WAL senders of the target are in use",
                    "Raise max_wal_senders on the target and restart the server.");
        }
    }

    /** To write to the old tables must set off none of their triggers and foreign keys. */
    private void silence(Session sourceOwner) {
        Optional<SqlFailure> refused =
                sourceOwner.inDiscardedTransaction(
                        () ->
                                sourceOwner.attempt(
                                        () ->
                                                sourceOwner.execute(
                                                        "SET LOCAL session_replication_role ="
                                                                + " replica")));
        if (refused.isPresent()) {
            String role = sourceOwner.queryOne("SELECT current_user::text", row -> row.text(1));
            warn(
                    "session_replication_role",
                    "role "
                            + role
                            + " may not set it on the source, so that rows which are carried back"
                            + " would set off the old tables' triggers",
                    "Let a superuser of the source run GRANT SET ON PARAMETER"
                            + " session_replication_role TO "
                            + Identifier.quote(role)
                            + "; (from PostgreSQL 15 on), or name a superuser as admin_url in the"
                            + " source's environment file.");
        }
    }

    private void warn(String subject, String message, String remedy) {
        findings.add(new Finding(Severity.WARNING, subject, message, remedy));
    }
}
