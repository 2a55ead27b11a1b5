package dev.confiture.setup;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Key;
import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.identity.CaptureCheck;
import dev.confiture.postgres.ServerIdentity;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the source must be like for its changes to be captured; each finding with its remedy. */
final class LiveChecks {
    private static final int NAMED_TABLES = 3;

    private final SourceLink source;
    private final Session owner;
    private final CaptureFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    private LiveChecks(SourceLink source, Session owner) {
        this.source = source;
        this.owner = owner;
        this.facts = CaptureFacts.of(owner);
    }

    /**
     * Looks at all of it.
     *
     * @param owner a session of the login that is to make the publication and the slot
     */
    static List<Finding> run(SourceLink source, Session owner) {
        LiveChecks checks = new LiveChecks(source, owner);
        checks.sameDatabase();
        checks.settings();
        checks.rights();
        checks.limits();
        checks.standbys();
        checks.tables();
        return checks.findings;
    }

    private void sameDatabase() {
        if (!ServerIdentity.of(owner).equals(ServerIdentity.of(source.session()))) {
            block(
                    "admin_url",
                    "leads to another database than database_url",
                    "Name the same database in both; only the login may differ.");
        }
    }

    private void settings() {
        if (!facts.walLevel().equals("logical")) {
            block(
                    "wal_level",
                    "is "
                            + facts.walLevel()
                            + " on the source, which does not log enough to tell"
                            + " which rows were changed",
                    "Let a superuser run ALTER SYSTEM SET wal_level = 'logical'; and restart the"
                            + " server (hosted: set rds.logical_replication = 1,"
                            + " cloudsql.logical_decoding = on, or wal_level in the parameters, and"
                            + " restart).");
        }
        if (!facts.freeSlot()) {
            block(
                    "max_replication_slots",
                    "all " + facts.slots() + " replication slots of the source are in use",
                    "Drop one that nobody needs (SELECT slot_name, active FROM"
                            + " pg_replication_slots;), or raise max_replication_slots and restart"
                            + " the server.");
        }
        if (!facts.freeSender()) {
            block(
                    "max_wal_senders",
                    "all " + facts.senders() + " WAL senders of the source are in use",
                    "Raise max_wal_senders and restart the server.");
        }
    }

    private void rights() {
        String role = Identifier.quote(facts.role());
        if (!facts.mayReplicate()) {
            block(
                    "role " + facts.role(),
                    "may not replicate, so it cannot read the source's changes",
                    (facts.replicationRole()
                                    ? "Run on the source: GRANT rds_replication TO " + role + ";"
                                    : "Let a superuser run ALTER ROLE " + role + " REPLICATION;")
                            + orAdminUrl());
        }
        if (!facts.mayCreate()) {
            block(
                    "database " + facts.database(),
                    "role " + facts.role() + " may not create a publication in the source",
                    "GRANT CREATE ON DATABASE "
                            + Identifier.quote(facts.database())
                            + " TO "
                            + role
                            + ";"
                            + orAdminUrl());
        }
        ownership();
    }

    private static String orAdminUrl() {
        return " Or name a login that may as admin_url in the source's environment file.";
    }

    private void ownership() {
        List<TableName> tables = List.copyOf(source.catalog().tables().keySet());
        List<String> foreign =
                owner.query(
                        SqlText.named("setup/list_foreign_owners"),
                        row ->
                                new TableName(row.text(1), row.text(2)).display()
                                        + " ("
                                        + row.text(3)
                                        + ")",
                        tables.stream().map(TableName::schema).toList(),
                        tables.stream().map(TableName::name).toList());
        if (!foreign.isEmpty()) {
            warn(
                    "role " + facts.role(),
                    "does not own "
                            + first(foreign)
                            + "; only the owner of a table can put it into a publication, which"
                            + " migrate does for every table that the mapping reads",
                    "Name the owner's login as admin_url in the source's environment file, or"
                            + " grant the owner's role to "
                            + Identifier.quote(facts.role())
                            + ".");
        }
    }

    private static String first(List<String> names) {
        String some = names.stream().limit(NAMED_TABLES).collect(Collectors.joining(", "));
        int rest = names.size() - NAMED_TABLES;
        return rest > 0 ? some + " and " + rest + " more" : some;
    }

    private void limits() {
        if (facts.keptWal() != null) {
            warn(
                    "max_slot_wal_keep_size",
                    "is "
                            + facts.keptWal()
                            + " on the source: if the migration falls further behind than that,"
                            + " its changes are thrown away and everything must be copied anew",
                    "Raise it for the time of the migration, to what the disk can spare.");
        }
        if (facts.idleTimeout() != null) {
            warn(
                    "idle_replication_slot_timeout",
                    "is "
                            + facts.idleTimeout()
                            + " on the source: if the migration is interrupted for longer, its"
                            + " changes are thrown away and everything must be copied anew",
                    "Let a superuser run ALTER SYSTEM SET idle_replication_slot_timeout = 0; and"
                            + " SELECT pg_reload_conf(); for the time of the migration.");
        }
        if (facts.preparedTransactions() != null) {
            warn(
                    "prepared transactions",
                    "the source holds "
                            + facts.preparedTransactions()
                            + "; migrate cannot begin before they have ended",
                    "COMMIT PREPARED or ROLLBACK PREPARED each, if nobody else will.");
        }
    }

    /**
     * A name of {@code *} fits our own reader too: the application's commits would then wait for
     * the target instead of a standby.
     *
     * @see <a
     *     href="https://www.postgresql.org/docs/current/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">
     *     synchronous_standby_names</a>
     */
    private void standbys() {
        if (facts.anyStandby() != null) {
            warn(
                    "synchronous_standby_names",
                    "is "
                            + facts.anyStandby()
                            + " on the source, which counts every reader of its log as a standby,"
                            + " ours too: commits of the application may wait for the migration",
                    "Name the standbys instead of *: let a superuser run ALTER SYSTEM SET"
                            + " synchronous_standby_names = 'FIRST 1 (standby1, standby2)'; with"
                            + " their own names, and SELECT pg_reload_conf();");
        }
    }

    /** Which of the tables the mapping will read nobody knows yet, so none of this blocks. */
    private void tables() {
        List<CapturedTable> tables =
                source.catalog().tables().values().stream()
                        .filter(table -> table.kind() != Table.Kind.FOREIGN)
                        .map(table -> new CapturedTable(table.name(), keyOf(table)))
                        .toList();
        CaptureCheck.findings(source.session(), tables)
                .forEach(
                        finding ->
                                warn(
                                        finding.subject(),
                                        finding.message()
                                                + "; a mapping that reads it cannot be migrated"
                                                + " live",
                                        finding.remedy()));
    }

    private static List<String> keyOf(Table table) {
        Key key = table.key();
        return key == null ? List.of() : key.columns();
    }

    private void block(String subject, String message, String remedy) {
        findings.add(new Finding(Severity.BLOCKER, subject, message, remedy));
    }

    private void warn(String subject, String message, String remedy) {
        findings.add(new Finding(Severity.WARNING, subject, message, remedy));
    }
}
