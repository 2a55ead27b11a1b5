package dev.confiture.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.sandbox.Authentication;
import dev.confiture.sandbox.DatabaseOptions;
import dev.confiture.sandbox.Encryption;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The link between two real servers that ask for passwords and log every statement. */
class LinkTestIT {
    private static final String CANARY = "canary-Pa$$'w\\ord\"";

    private static Map<PostgresVersion, PostgresServer> guarded = Map.of();

    static Stream<PostgresVersion> versions() {
        return Stream.of(PostgresVersion.OLDEST, PostgresVersion.NEWEST);
    }

    @BeforeAll
    static void startServers() {
        guarded =
                versions()
                        .collect(
                                Collectors.toMap(
                                        version -> version,
                                        version ->
                                                PostgresServer.builder(version)
                                                        .authentication(Authentication.SCRAM)
                                                        .encryption(Encryption.OFFERED)
                                                        .setting("log_statement", "all")
                                                        .setting("log_min_duration_statement", "0")
                                                        .start()));
    }

    @AfterAll
    static void stopServers() {
        guarded.values().forEach(PostgresServer::close);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void twoOrdinaryRolesAreEnough(PostgresVersion version) throws Exception {
        PostgresServer server = server(version);
        try (TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase();
                Role reader = Role.in(source, literal(CANARY));
                Role owner = Role.in(target, "owner")) {
            source.execute(
                    "CREATE TABLE t (id int); INSERT INTO t VALUES (7); GRANT SELECT ON t TO "
                            + reader.quoted());
            target.execute("CREATE EXTENSION postgres_fdw");
            owner.mayCreateIn(target);
            owner.mayUseWrapperIn(target);
            Link link =
                    Link.of(source, target)
                            .sourceAs(reader.name(), CANARY)
                            .targetAs(owner.name(), "owner");

            SetupReport report = link.setUp();

            assertThat(report.findings())
                    .singleElement()
                    .satisfies(
                            finding -> {
                                assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                                assertThat(finding.message())
                                        .contains("log_statement = all")
                                        .contains("log_min_duration_statement = 0");
                            });
            assertThat(report.toString()).doesNotContain("canary");
            assertThat(link.setUp().made()).isEmpty();
            assertThat(link.cleanUp().removed()).contains("user mapping for " + owner.name());
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSuperusersSetupKeepsThePasswordOutOfTheLog(PostgresVersion version) throws Exception {
        PostgresServer server = server(version);
        try (TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase();
                Role reader = Role.in(source, literal("not logged " + CANARY))) {
            int afterRole = server.logText().length();
            Link link = Link.of(source, target).sourceAs(reader.name(), "not logged " + CANARY);

            assertThat(link.setUp().findings()).isEmpty();
            assertThat(link.setUp().made()).isEmpty();

            String log = server.logText().substring(afterRole);
            assertThat(log).contains("CREATE SERVER").doesNotContain("canary");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anOrdinaryRolesSetupKeepsThePasswordOutOfALogOfDdl(PostgresVersion version)
            throws Exception {
        PostgresServer server = server(version);
        try (TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase();
                Role reader = Role.in(source, literal(CANARY));
                Role owner = Role.in(target, "owner")) {
            target.execute("CREATE EXTENSION postgres_fdw");
            target.execute("ALTER ROLE " + owner.quoted() + " SET log_statement = 'ddl'");
            target.execute("ALTER ROLE " + owner.quoted() + " SET log_min_duration_statement = -1");
            owner.mayCreateIn(target);
            owner.mayUseWrapperIn(target);
            int start = server.logText().length();
            Link link =
                    Link.of(source, target)
                            .sourceAs(reader.name(), CANARY)
                            .targetAs(owner.name(), "owner");

            assertThat(link.setUp().findings()).isEmpty();

            assertThat(server.logText().substring(start))
                    .contains("CREATE SERVER")
                    .doesNotContain("canary");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aPasswordThatNobodyAsksForIsExplained(PostgresVersion version) throws Exception {
        PostgresServer trusting = PostgresServer.shared(version);
        try (TestDatabase source = trusting.createDatabase();
                TestDatabase target = trusting.createDatabase();
                Role owner = Role.in(target)) {
            target.execute("CREATE EXTENSION postgres_fdw");
            owner.mayCreateIn(target);
            owner.mayUseWrapperIn(target);
            Link link =
                    Link.of(source, target).sourceAs("postgres", "x").targetAs(owner.name(), null);

            ConfitureException failure = failureOf(link);

            assertThat(failure.code()).isEqualTo(ErrorCode.FDW_LINK_FAILED);
            assertThat(failure.hint()).contains("pg_hba.conf").contains("superuser of the target");
            assertNothingIsLeft(target);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aPasswordThatIsWrongThereIsExplained(PostgresVersion version) throws Exception {
        PostgresServer server = server(version);
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = server.createDatabase();
                Role reader = Role.in(source, "right");
                Role other = reader.alsoOn(target, "another")) {
            Link link =
                    Link.of(source, target)
                            .sourceAs(reader.name(), CANARY)
                            .seenAt("localhost", server.port());

            ConfitureException failure = failureOf(link);

            assertThat(other.name()).isEqualTo(reader.name());
            assertThat(failure.code()).isEqualTo(ErrorCode.FDW_LINK_FAILED);
            assertThat(failure)
                    .hasMessageContaining("localhost:" + server.port())
                    .hasMessageContaining("password authentication failed")
                    .hasMessageNotContaining("canary");
            assertThat(failure.hint()).startsWith("Check the password of " + reader.name());
            assertNothingIsLeft(target);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anAddressThatTheTargetCannotReachIsExplained(PostgresVersion version) throws Exception {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase()) {
            int closed;
            try (ServerSocket socket = new ServerSocket(0)) {
                closed = socket.getLocalPort();
            }

            ConfitureException failure =
                    failureOf(Link.of(source, target).seenAt("127.0.0.1", closed));

            assertThat(failure.code()).isEqualTo(ErrorCode.FDW_LINK_FAILED);
            assertThat(failure)
                    .hasMessageContaining("cannot read the source database " + source.name())
                    .hasMessageContaining("127.0.0.1:" + closed)
                    .hasMessageContaining("refused");
            assertThat(failure.hint()).contains("fdw_host and fdw_port").contains("firewall");
            assertNothingIsLeft(target);
        }
    }

    /** Same database name, same login, another server: only a look at the sessions tells. */
    @ParameterizedTest
    @MethodSource("versions")
    void anotherServerBehindTheAddressIsFoundOut(PostgresVersion version) throws Exception {
        PostgresServer right = PostgresServer.shared(version);
        PostgresServer wrong = server(version);
        try (TestDatabase source = right.createDatabase();
                TestDatabase twin =
                        wrong.createDatabase(DatabaseOptions.defaults().named(source.name()));
                TestDatabase target = right.createDatabase()) {
            ConfitureException failure =
                    failureOf(Link.of(source, target).seenAt(twin.host(), twin.port()));

            assertThat(failure.code()).isEqualTo(ErrorCode.FDW_LINK_FAILED);
            assertThat(failure).hasMessageContaining("is another PostgreSQL server");
            assertThat(failure.hint()).contains("fdw_host and fdw_port");
            assertNothingIsLeft(target);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theLinkIsEncryptedLikeTheSourcesOwnConnection(PostgresVersion version) throws Exception {
        PostgresServer server = server(version);
        try (TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase()) {
            source.execute("CREATE TABLE t (id int)");
            Link link =
                    Link.of(source, target)
                            .sourceTls(
                                    new TreeMap<>(
                                            Map.of(
                                                    "sslmode",
                                                    "verify-full",
                                                    "sslrootcert",
                                                    server.certificateFile()
                                                            .orElseThrow()
                                                            .toString())));

            SetupReport report = link.setUp();

            assertThat(report.sourceTls()).isEqualTo("TLSv1.3");
            assertThat(
                            target.value(
                                    "SELECT 'sslmode=verify-full' = ANY (srvoptions)"
                                            + " FROM pg_foreign_server"))
                    .isEqualTo("t");
            target.execute(
                    "CREATE FOREIGN TABLE seen (pid int, ssl bool) SERVER confiture_source"
                            + " OPTIONS (schema_name 'pg_catalog', table_name 'pg_stat_ssl')");
            target.execute(
                    "CREATE FOREIGN TABLE who (pid int, application_name text) SERVER"
                            + " confiture_source OPTIONS (schema_name 'pg_catalog', table_name"
                            + " 'pg_stat_activity')");
            assertThat(
                            target.rows(
                                    "SELECT ssl FROM seen JOIN who USING (pid)"
                                            + " WHERE application_name = 'confiture fdw'"))
                    .isNotEmpty()
                    .containsOnly(List.of("t"));
        }
    }

    private static PostgresServer server(PostgresVersion version) {
        return guarded.get(version);
    }

    private static String literal(String password) {
        return password.replace("'", "''");
    }

    private static ConfitureException failureOf(Link link) {
        return catchThrowableOfType(ConfitureException.class, link::setUp);
    }

    private static void assertNothingIsLeft(TestDatabase target) throws Exception {
        assertThat(
                        target.rows(
                                "SELECT FROM pg_namespace WHERE nspname = 'old_schema' UNION ALL"
                                        + " SELECT FROM pg_foreign_server"))
                .isEmpty();
    }
}
