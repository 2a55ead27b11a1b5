package dev.confiture.setup;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.TableName;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.postgres.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the source must be like; each finding comes with its remedy. */
final class SourceChecks {
    private static final List<String> OUR_SCHEMAS = List.of("old_schema", "confiture");

    private static final String UNLESS = ": it cannot be migrated as it is";

    private SourceChecks() {}

    static List<Finding> run(SourceLink source) {
        Facts facts = Facts.of(source.session());
        List<Finding> findings = new ArrayList<>();
        ServerVersions.check("source", facts).ifPresent(findings::add);
        recovery(facts).ifPresent(findings::add);
        PoolerCheck.run(source.database(), source.session()).ifPresent(findings::add);
        TlsCheck.run("source", source.address()).ifPresent(findings::add);
        ourSchemas(source).ifPresent(findings::add);
        findings.addAll(unreadable(source, facts));
        return findings;
    }

    private static Optional<Finding> recovery(Facts facts) {
        return facts.inRecovery()
                ? Optional.of(
                        new Finding(
                                Severity.BLOCKER,
                                "source",
                                "the source is a standby server, which may lag behind and cancels"
                                        + " long reads",
                                "Name the primary server as the source."))
                : Optional.empty();
    }

    /** These names are ours on the target, so tables in them would silently stay behind. */
    private static Optional<Finding> ourSchemas(SourceLink source) {
        List<String> present =
                source.session()
                        .query(
                                SqlText.named("setup/list_own_schemas"),
                                row -> row.text(1),
                                OUR_SCHEMAS);
        return present.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                Severity.BLOCKER,
                                "schema " + String.join(", ", present),
                                "the source has tables in a schema whose name Confiture uses for"
                                        + " itself; they would not be migrated",
                                "Rename the schema in the source, or, if it is left over from a"
                                        + " migration into this database, run `confiture s2s"
                                        + " cleanup` there."));
    }

    /** Whether such a table is in the way only the mapping says, which may leave it out. */
    private static List<Finding> unreadable(SourceLink source, Facts facts) {
        List<TableName> tables = List.copyOf(source.catalog().tables().keySet());
        return source.session()
                .query(
                        SqlText.named("setup/list_unreadable_tables"),
                        row ->
                                unreadable(
                                        new TableName(row.text(1), row.text(2)),
                                        row.text(3),
                                        facts.role()),
                        tables.stream().map(TableName::schema).toList(),
                        tables.stream().map(TableName::name).toList());
    }

    private static Finding unreadable(TableName table, String reason, String role) {
        String quotedRole = Identifier.quote(role);
        return switch (reason) {
            case "SCHEMA" ->
                    new Finding(
                            Severity.WARNING,
                            table.display(),
                            "role " + role + " may not use the schema " + table.schema() + UNLESS,
                            "GRANT USAGE ON SCHEMA "
                                    + Identifier.quote(table.schema())
                                    + " TO "
                                    + quotedRole
                                    + ";");
            case "TABLE" ->
                    new Finding(
                            Severity.WARNING,
                            table.display(),
                            "role " + role + " may not read the table" + UNLESS,
                            "GRANT SELECT ON " + table.quoted() + " TO " + quotedRole + ";");
            default ->
                    new Finding(
                            Severity.WARNING,
                            table.display(),
                            "row-level security hides rows of the table from role "
                                    + role
                                    + "; they would be lost",
                            "Let a superuser run ALTER ROLE "
                                    + quotedRole
                                    + " BYPASSRLS; or log in as a role without policies.");
        };
    }
}
