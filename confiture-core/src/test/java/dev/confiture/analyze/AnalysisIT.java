package dev.confiture.analyze;

import static dev.confiture.TwoDatabases.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.TwoDatabases;
import dev.confiture.analyze.AnalyzeReport.ColumnPlan;
import dev.confiture.catalog.TableName;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.mapping.Strategy;
import dev.confiture.postgres.Database;
import dev.confiture.sandbox.DatabaseOptions;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnalysisIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aPlainMigrationHasNoFindings(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id serial PRIMARY KEY, name text)")
                    .onSource("INSERT INTO t (name) VALUES ('x')")
                    .onSource("ANALYZE");
            assertThat(analyze(both, both.carry("t", "t")).findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void everyColumnIsAccountedFor(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE a (id int PRIMARY KEY, x text, y text, z text)")
                    .onTarget("CREATE TABLE b (id int PRIMARY KEY, w varchar(9), n int DEFAULT 3)")
                    .onTarget("CREATE TABLE c (id int PRIMARY KEY, y text)");
            Derivation first = both.carry("a", "b", "id", "x:w");
            Derivation second = both.carry("a", "c", "id", "y");
            AnalyzeReport.EntryPlan plan = analyze(both, first, second).entries().getFirst();
            assertThat(plan.columns())
                    .containsExactly(
                            new ColumnPlan(
                                    "implied",
                                    "id",
                                    "integer",
                                    "id",
                                    "integer",
                                    "safe",
                                    "lossless"),
                            new ColumnPlan(
                                    "explicit",
                                    "x",
                                    "text",
                                    "w",
                                    "character varying(9)",
                                    "checked",
                                    "lossless"),
                            new ColumnPlan("default", null, null, "n", "integer", null, null),
                            new ColumnPlan("ignored", "z", "text", null, null, null, "lossless"));
            assertThat(plan)
                    .extracting(
                            AnalyzeReport.EntryPlan::entry,
                            AnalyzeReport.EntryPlan::source,
                            AnalyzeReport.EntryPlan::target,
                            AnalyzeReport.EntryPlan::strategy,
                            AnalyzeReport.EntryPlan::reason,
                            AnalyzeReport.EntryPlan::estimatedSeconds)
                    .containsExactly("a", "a", "b", "copy", "a small table", 1.5);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void tablesThatCannotBeCapturedLaterAreNoted(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(
                            """
                            CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY);
                            CREATE TABLE keyless (id int UNIQUE);
                            CREATE TABLE unknown (id int PRIMARY KEY);
                            """)
                    .onSource("ANALYZE")
                    .onSource("DROP TABLE unknown; CREATE TABLE unknown (id int PRIMARY KEY)")
                    .onSource("INSERT INTO unknown VALUES (1)");
            assertThat(
                            analyze(
                                            both,
                                            both.carry("fleeting", "fleeting"),
                                            both.carry("keyless", "keyless"),
                                            both.carry("unknown", "unknown"))
                                    .findings())
                    .extracting(Finding::severity, Finding::subject)
                    .containsExactly(
                            tuple(Severity.NOTE, "keyless"),
                            tuple(Severity.NOTE, "fleeting"),
                            tuple(Severity.NOTE, "unknown"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void tablesThatCannotBeCapturedStopALiveMigration(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(
                            """
                            CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY);
                            CREATE TABLE keyless (id int UNIQUE);
                            CREATE TABLE fit (id int PRIMARY KEY);
                            """)
                    .onSource("ANALYZE");
            ResolvedMapping mapping =
                    mapping(
                            both.carry("fleeting", "fleeting"),
                            both.carry("keyless", "keyless"),
                            both.carry("fit", "fit"));
            assertThat(
                            analyze(
                                            both,
                                            both.source(),
                                            both.target(),
                                            mapping,
                                            Set.of(),
                                            SourceState.WRITTEN_TO)
                                    .findings())
                    .extracting(Finding::severity, Finding::subject)
                    .containsExactly(
                            tuple(Severity.BLOCKER, "fleeting"),
                            tuple(Severity.BLOCKER, "keyless"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void rowSecurityBlocksWhomItWouldHideRowsFrom(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(
                            """
                            CREATE TABLE t (id int PRIMARY KEY);
                            ALTER TABLE t ENABLE ROW LEVEL SECURITY;
                            """)
                    .onSource("ANALYZE")
                    .onSource("DROP ROLE IF EXISTS clerk; CREATE ROLE clerk LOGIN")
                    .onSource("GRANT SELECT ON t TO clerk");
            Derivation entry = both.carry("t", "t");
            assertThat(analyze(both, entry).findings()).as("the owner").isEmpty();
            assertThat(analyze(both, both.sourceAs("clerk"), both.target(), entry).findings())
                    .extracting(Finding::severity, Finding::subject)
                    .containsExactly(tuple(Severity.BLOCKER, "t"));
            both.onSource("DROP OWNED BY clerk; DROP ROLE clerk");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatTheTargetWouldDoToNewRowsIsReported(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int PRIMARY KEY); ANALYZE")
                    .onTarget(
                            """
                            CREATE TABLE t (id int PRIMARY KEY,
                                twice int GENERATED ALWAYS AS (id * 2) STORED);
                            CREATE TABLE log (id int);
                            INSERT INTO t VALUES (1);
                            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql
                                AS 'BEGIN RETURN NEW; END';
                            CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
                            CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
                            CREATE TRIGGER c BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
                            ALTER TABLE t ENABLE ALWAYS TRIGGER b, ENABLE ALWAYS TRIGGER c;
                            CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id);
                            """);
            assertThat(analyze(both, both.carry("t", "t")).findings())
                    .satisfiesExactly(
                            finding -> is(finding, Severity.BLOCKER, "t", "holds rows"),
                            finding -> is(finding, Severity.WARNING, "t", "rule r"),
                            finding -> is(finding, Severity.NOTE, "t", "trigger b is enabled"),
                            finding -> is(finding, Severity.NOTE, "t.twice", "generated column"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void rowsThatThisMigrationCopiedAreNoFinding(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1); ANALYZE");
            ResolvedMapping mapping = mapping(both.carry("t", "t"));
            Set<TableName> begun = Set.of(TwoDatabases.name("t"));
            assertThat(
                            analyze(
                                            both,
                                            both.source(),
                                            both.target(),
                                            mapping,
                                            begun,
                                            SourceState.AT_REST)
                                    .findings())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatIsLostOnTheWayBackIsSaidOfEachColumn(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            "CREATE TABLE t (id int PRIMARY KEY, price numeric(8,3), day timestamp,"
                                    + " share float8, code text, fax text NOT NULL, tel text)")
                    .onTarget(
                            "CREATE TABLE t (id bigint PRIMARY KEY, price numeric(8,2), day date,"
                                    + " share numeric, code uuid)");
            ResolvedMapping mapping = both.resolve("t: {ignore: [fax, tel]}");
            assertThat(
                            analyze(both, both.source(), both.target(), mapping)
                                    .entries()
                                    .getFirst()
                                    .columns())
                    .extracting(ColumnPlan::source, ColumnPlan::typeChange, ColumnPlan::wayBack)
                    .containsExactly(
                            tuple("id", "safe", "lossless"),
                            tuple("price", "lossy", "ends here"),
                            tuple("day", "lossy", "ends here"),
                            tuple("share", "lossy", "ends here"),
                            tuple("code", "checked", "lossless"),
                            tuple("fax", null, "needs a default"),
                            tuple("tel", null, "lossless"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void valuesThatCouldBeLostAreReported(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            "CREATE TABLE t (id bigint PRIMARY KEY, file oid, kind regclass,"
                                    + " name text); ANALYZE")
                    .onTarget(
                            "CREATE TABLE t (id int PRIMARY KEY, file oid, kind regclass,"
                                    + " name varchar(5))");
            ResolvedMapping mapping = both.resolve("t: {}");
            assertThat(analyze(both, both.source(), both.target(), mapping).findings())
                    .satisfiesExactly(
                            finding -> is(finding, Severity.WARNING, "t.id", "stop the copy"),
                            finding -> is(finding, Severity.WARNING, "t.name", "stop the copy"),
                            finding -> is(finding, Severity.WARNING, "t", "large object"),
                            finding -> is(finding, Severity.WARNING, "t", "by name"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void heirsAreNamed(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(
                            """
                            CREATE TABLE p (id int PRIMARY KEY);
                            CREATE TABLE h1 (PRIMARY KEY (id)) INHERITS (p);
                            CREATE TABLE h2 (PRIMARY KEY (id)) INHERITS (p);
                            """)
                    .onSource("ANALYZE");
            assertThat(analyze(both, both.carry("p", "p"), both.carry("h1", "h1")).findings())
                    .satisfiesExactly(
                            finding -> is(finding, Severity.WARNING, "p", "h2"),
                            finding -> is(finding, Severity.NOTE, "p", "h1"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatStaysBehindIsNoted(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id int PRIMARY KEY)")
                    .onSource("CREATE MATERIALIZED VIEW m AS SELECT 1 AS one")
                    .onSource("SELECT lo_create(0); CREATE EXTENSION citext; ANALYZE");
            assertThat(analyze(both, both.carry("t", "t")).findings())
                    .satisfiesExactly(
                            finding -> is(finding, Severity.NOTE, "citext", "extension"),
                            finding -> is(finding, Severity.NOTE, "m", "materialized view"),
                            finding -> is(finding, Severity.NOTE, "large objects", "1 large"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void missingPrivilegesBlockWithTheirGrants(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id serial PRIMARY KEY)")
                    .onSource("ANALYZE")
                    .onSource("DROP ROLE IF EXISTS \"Nobody\"; CREATE ROLE \"Nobody\" LOGIN");
            Derivation entry = both.carry("t", "t");
            List<Finding> findings =
                    analyze(both, both.sourceAs("Nobody"), both.targetAs("Nobody"), entry)
                            .findings();
            assertThat(findings)
                    .extracting(Finding::severity, Finding::subject)
                    .containsExactly(
                            tuple(Severity.BLOCKER, "t"),
                            tuple(Severity.BLOCKER, "t_id_seq"),
                            tuple(Severity.BLOCKER, "t"),
                            tuple(Severity.BLOCKER, "t_id_seq"));
            assertThat(findings.getFirst().remedy())
                    .contains("GRANT SELECT ON TABLE \"public\".\"t\" TO \"Nobody\";");
            for (Finding finding : findings) {
                String grants = finding.remedy().substring(finding.remedy().indexOf("GRANT"));
                if (finding.remedy().contains("on the source")) {
                    both.onSource(grants);
                } else {
                    both.onTarget(grants);
                }
            }
            assertThat(
                            analyze(both, both.sourceAs("Nobody"), both.targetAs("Nobody"), entry)
                                    .findings())
                    .satisfiesExactly(
                            finding -> is(finding, Severity.WARNING, "t", "belongs to postgres"));
            both.onSource("DROP OWNED BY \"Nobody\"").onTarget("DROP OWNED BY \"Nobody\"");
            both.onTarget("DROP ROLE \"Nobody\"");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void theNotesOfTheMappingAreShown(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth("CREATE TABLE t (id int PRIMARY KEY)").onSource("ANALYZE");
            ResolvedMapping mapping =
                    new ResolvedMapping(
                            List.of(both.carry("t", "t")),
                            List.of(TwoDatabases.name("left")),
                            List.of(new ResolvedMapping.Note("t", "at is read as UTC", "Check.")));
            AnalyzeReport report = analyze(both, both.source(), both.target(), mapping);
            assertThat(report.findings())
                    .containsExactly(
                            new Finding(Severity.WARNING, "t", "at is read as UTC", "Check."));
            assertThat(report.ignoredTables()).containsExactly("left");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void differentEncodingsAreReported(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        DatabaseOptions plain = DatabaseOptions.defaults().inLocale("C");
        try (TestDatabase ascii = server.createDatabase(plain.encodedAs("SQL_ASCII"));
                TestDatabase latin = server.createDatabase(plain.encodedAs("LATIN1"));
                TestDatabase unicode = server.createDatabase()) {
            assertThat(encodings(ascii, unicode)).contains("SQL_ASCII");
            assertThat(encodings(latin, unicode)).contains("LATIN1", "UTF8");
            assertThat(encodings(unicode, latin)).contains("stops the copy");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aMappingFileIsPlannedColumnByColumn(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE old_users (id bigint PRIMARY KEY, full_name text,
                                at timestamp, legacy text);
                            CREATE TABLE left_behind (id int PRIMARY KEY);
                            ANALYZE;
                            """)
                    .onTarget(
                            "CREATE TABLE users (id int PRIMARY KEY, display_name text,"
                                    + " at timestamptz, since date DEFAULT now())");
            ResolvedMapping mapping =
                    both.resolve(
                            """
                            users:
                              source_table: old_users
                              columns:
                                full_name: display_name
                              ignore: [legacy]
                            ignore_tables: [left_behind]
                            """);
            AnalyzeReport report = analyze(both, both.source(), both.target(), mapping);
            assertThat(report.entries().getFirst().columns())
                    .extracting(ColumnPlan::how, ColumnPlan::source, ColumnPlan::target)
                    .containsExactly(
                            tuple("implied", "id", "id"),
                            tuple("explicit", "full_name", "display_name"),
                            tuple("implied", "at", "at"),
                            tuple("default", null, "since"),
                            tuple("ignored", "legacy", null));
            assertThat(report.ignoredTables()).containsExactly("left_behind");
            assertThat(report.findings())
                    .satisfiesExactly(
                            finding -> is(finding, Severity.WARNING, "users.id", "stop the copy"),
                            finding -> is(finding, Severity.WARNING, "users", "UTC"));
        }
    }

    private static String encodings(TestDatabase source, TestDatabase target) {
        List<Finding> findings = analyze(TwoDatabases.of(source, target)).findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst().message();
    }

    private static void is(Finding finding, Severity severity, String subject, String words) {
        assertThat(finding.severity()).as(finding.toString()).isEqualTo(severity);
        assertThat(finding.subject()).isEqualTo(subject);
        assertThat(finding.message()).contains(words);
    }

    private static AnalyzeReport analyze(TwoDatabases both, Derivation... entries) {
        return analyze(both, both.source(), both.target(), entries);
    }

    private static AnalyzeReport analyze(
            TwoDatabases both, Database source, Database target, Derivation... entries) {
        return analyze(both, source, target, mapping(entries));
    }

    private static AnalyzeReport analyze(
            TwoDatabases both, Database source, Database target, ResolvedMapping mapping) {
        return analyze(both, source, target, mapping, Set.of(), SourceState.AT_REST);
    }

    private static AnalyzeReport analyze(
            TwoDatabases both,
            Database source,
            Database target,
            ResolvedMapping mapping,
            Set<TableName> begun,
            SourceState state) {
        return new Analysis(source, target)
                .run(
                        new Subject(
                                mapping, both.sourceCatalog(), both.targetCatalog(), begun, state),
                        Depth.CATALOGS,
                        _ ->
                                new EntryStrategy(
                                        Strategy.COPY,
                                        "a small table",
                                        Optional.of(Duration.ofMillis(1500))));
    }
}
