package dev.confiture.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What setup looks at if the source's changes are to be captured. */
class LiveSetupIT {
    private static final String TABLES =
            """
            CREATE TABLE users (id int PRIMARY KEY);
            CREATE TABLE bag (v text);
            CREATE TABLE log (id int NOT NULL UNIQUE);
            """;

    static Stream<PostgresVersion> versions() {
        return TwoDatabases.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSourceThatFitsIsSetUpAndOnlyReadDoingSo(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            source.execute("CREATE TABLE users (id int PRIMARY KEY)");

            SetupReport report = Link.of(source, target).setUpLive(null);

            assertThat(report.mode()).isEqualTo("live");
            assertThat(report.findings()).isEmpty();
            assertThat(source.number("SELECT count(*) FROM pg_publication")).isZero();
            assertThat(source.number("SELECT count(*) FROM pg_replication_slots")).isZero();
        }
    }

    /** A server that is made as they come: no logical WAL, and here no slot either. */
    @ParameterizedTest
    @MethodSource("versions")
    void everythingInTheWayIsSaidAtOnceAndStaticNeedsNoneOfIt(PostgresVersion version)
            throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(version)
                                .setting("wal_level", "replica")
                                .setting("max_replication_slots", "0")
                                .setting("max_wal_senders", "0")
                                .start();
                TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase();
                Role role = Role.in(source)) {
            source.execute("GRANT pg_read_all_data TO " + role.quoted());
            Link link = Link.of(source, target).sourceAs(role.name(), null);

            ConfitureException failure =
                    catchThrowableOfType(ConfitureException.class, () -> link.setUpLive(null));

            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNSUPPORTED);
            assertThat(failure.getMessage())
                    .contains("setup found 5 things in the way")
                    .contains("wal_level: is replica on the source")
                    .contains("all 0 replication slots of the source are in use")
                    .contains("all 0 WAL senders of the source are in use")
                    .contains("role " + role.name() + ": may not replicate")
                    .contains("role " + role.name() + " may not create a publication");
            assertThat(failure.hint())
                    .contains("ALTER SYSTEM SET wal_level = 'logical'")
                    .contains("ALTER ROLE " + role.quoted() + " REPLICATION;")
                    .contains("GRANT CREATE ON DATABASE \"" + source.name() + "\" TO")
                    .contains("admin_url")
                    .contains("stop the writers and add --static");
            assertThat(link.footprintExists()).isFalse();

            assertThat(link.setUp().mode()).isEqualTo("static");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theOwnersLoginStandsInForAnEverydayLoginThatMayOnlyRead(PostgresVersion version)
            throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase();
                Role role = Role.in(source)) {
            source.execute("CREATE TABLE users (id int PRIMARY KEY)");
            source.execute("GRANT SELECT ON users TO " + role.quoted());
            Link link = Link.of(source, target).sourceAs(role.name(), null);

            SetupReport report = link.setUpLive(TwoDatabases.address(source, "postgres"));

            assertThat(report.findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aLoginThatLeadsToAnotherDatabaseIsRefused(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            Link link = Link.of(source, target);

            ConfitureException failure =
                    catchThrowableOfType(
                            ConfitureException.class,
                            () -> link.setUpLive(TwoDatabases.address(target, "postgres")));

            assertThat(failure)
                    .hasMessageContaining("admin_url: leads to another database than database_url");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aRoleThatReplicatesButOwnsNothingIsWarned(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase();
                Role role = Role.in(source)) {
            source.execute("CREATE TABLE users (id int PRIMARY KEY)");
            source.execute("GRANT SELECT ON users TO " + role.quoted());
            source.execute("ALTER ROLE " + role.quoted() + " REPLICATION");
            role.mayCreateIn(source);

            SetupReport report =
                    Link.of(source, target).sourceAs(role.name(), null).setUpLive(null);

            assertThat(report.findings())
                    .satisfiesExactly(
                            finding -> {
                                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                                assertThat(finding.message())
                                        .startsWith("does not own users (postgres);");
                                assertThat(finding.remedy()).contains("admin_url");
                            },
                            finding -> {
                                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                                assertThat(finding.message())
                                        .contains("may not set it on the source")
                                        .endsWith("cutover is possible with --no-rollback only");
                                assertThat(finding.remedy())
                                        .contains(
                                                "GRANT SET ON PARAMETER session_replication_role"
                                                        + " TO "
                                                        + role.quoted());
                            });
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void tablesThatCannotBeCapturedAreWarnedOf(PostgresVersion version) throws Exception {
        try (TestDatabase source = PostgresServer.shared(version).createDatabase();
                TestDatabase target = PostgresServer.shared(version).createDatabase()) {
            source.execute(TABLES);

            SetupReport report = Link.of(source, target).setUpLive(null);

            assertThat(report.findings())
                    .extracting(Finding::severity)
                    .containsOnly(Severity.WARNING);
            assertThat(report.findings())
                    .extracting(Finding::subject)
                    .containsExactly("bag", "log");
            assertThat(report.findings())
                    .extracting(Finding::remedy)
                    .allSatisfy(remedy -> assertThat(remedy).contains("Run on the source: ALTER"));
        }
    }

    /** The newest server has all the limits there are. */
    @Test
    void limitsThatWouldThrowChangesAwayAreWarnedOf() throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(PostgresVersion.NEWEST)
                                .setting("max_slot_wal_keep_size", "1GB")
                                .setting("idle_replication_slot_timeout", "1h")
                                .start();
                TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase()) {
            source.execute(
                    "BEGIN; CREATE TABLE t (id int PRIMARY KEY); PREPARE TRANSACTION 'it''s'");

            SetupReport report = Link.of(source, target).setUpLive(null);

            assertThat(report.findings())
                    .extracting(Finding::subject)
                    .containsExactly(
                            "max_slot_wal_keep_size",
                            "idle_replication_slot_timeout",
                            "prepared transactions");
            assertThat(report.findings())
                    .extracting(Finding::message)
                    .satisfiesExactly(
                            size -> assertThat(size).startsWith("is 1GB on the source"),
                            time -> assertThat(time).startsWith("is 1h on the source"),
                            prepared -> assertThat(prepared).contains("'it''s'"));
        }
    }

    /** Our own reader would count, and commits of the application wait for it. */
    @Test
    void aSourceThatTakesAnybodyForAStandbyIsWarnedOf() throws Exception {
        try (PostgresServer server =
                        PostgresServer.builder(PostgresVersion.OLDEST)
                                .setting("synchronous_standby_names", "ANY 1 (*)")
                                .setting("synchronous_commit", "local")
                                .start();
                TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase()) {
            assertThat(Link.of(source, target).setUpLive(null).findings())
                    .singleElement()
                    .satisfies(
                            finding -> {
                                assertThat(finding.subject())
                                        .isEqualTo("synchronous_standby_names");
                                assertThat(finding.message()).startsWith("is ANY 1 (*)");
                                assertThat(finding.remedy()).contains("ALTER SYSTEM SET");
                            });
        }
    }
}
