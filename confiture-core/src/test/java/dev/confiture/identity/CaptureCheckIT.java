package dev.confiture.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.TwoDatabases;
import dev.confiture.change.CapturedTable;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureCheckIT {
    static Stream<PostgresVersion> versions() {
        return TwoDatabases.versions();
    }

    private static List<Finding> findings(TwoDatabases databases, CapturedTable... tables) {
        try (Session session = databases.source().open("test")) {
            return CaptureCheck.findings(session, List.of(tables));
        }
    }

    private static CapturedTable captured(String table, String... columns) {
        return new CapturedTable(TwoDatabases.name(table), List.of(columns));
    }

    /** Runs the statements that the remedy names, and looks again. */
    private static void mends(TwoDatabases databases, Finding finding, CapturedTable table)
            throws SQLException {
        assertThat(finding.remedy()).startsWith("Run on the source: ALTER TABLE ");
        String sql =
                finding.remedy()
                        .lines()
                        .map(line -> line.replace("Run on the source: ", ""))
                        .filter(line -> line.startsWith("ALTER"))
                        .reduce("", (all, line) -> all + line);
        databases.onSource(sql);
        assertThat(findings(databases, table))
                .as(sql)
                .noneMatch(left -> left.severity() == Severity.BLOCKER);
    }

    private static void isMended(
            TwoDatabases databases, CapturedTable table, String message, String remedy)
            throws SQLException {
        List<Finding> findings = findings(databases, table);
        assertThat(findings).as(String.valueOf(table)).hasSize(1);
        Finding finding = findings.getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.BLOCKER);
        assertThat(finding.subject()).isEqualTo(table.table().display());
        assertThat(finding.message()).contains(message);
        assertThat(finding.remedy()).contains(remedy);
        mends(databases, finding, table);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void tablesWhoseIdentityCoversWhatIsCapturedAreFine(PostgresVersion version) throws Exception {
        try (TwoDatabases databases =
                TwoDatabases.on(version)
                        .onSource(
                                """
                                CREATE TABLE keyed (id int PRIMARY KEY, other int);
                                CREATE TABLE indexed (id int NOT NULL, b int NOT NULL);
                                CREATE UNIQUE INDEX by_both ON indexed (b, id);
                                ALTER TABLE indexed REPLICA IDENTITY USING INDEX by_both;
                                CREATE TABLE whole (id int, other int);
                                ALTER TABLE whole REPLICA IDENTITY FULL;
                                CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY HASH (id);
                                CREATE TABLE parted_0 PARTITION OF parted
                                    FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                                """)) {
            assertThat(
                            findings(
                                    databases,
                                    captured("keyed", "id"),
                                    captured("indexed", "id", "b"),
                                    captured("whole", "id", "other"),
                                    captured("parted", "id")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theStatementThatItNamesMendsEachUnusableIdentity(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases =
                TwoDatabases.on(version)
                        .onSource(
                                """
                                CREATE SCHEMA "My ""Schema\";
                                CREATE TABLE "My ""Schema"."Odd; Name" ("a b" int);
                                CREATE TABLE uniquely (id int NOT NULL, v text);
                                CREATE UNIQUE INDEX "by ""id\" ON uniquely (id);
                                CREATE TABLE later (id int PRIMARY KEY DEFERRABLE, v text);
                                CREATE TABLE nothing (id int PRIMARY KEY, v text);
                                ALTER TABLE nothing REPLICA IDENTITY NOTHING;
                                CREATE TABLE lost (id int NOT NULL, v text);
                                CREATE UNIQUE INDEX lost_id ON lost (id);
                                ALTER TABLE lost REPLICA IDENTITY USING INDEX lost_id;
                                DROP INDEX lost_id;
                                CREATE TABLE narrow (id int PRIMARY KEY, user_id int);
                                CREATE TABLE wide (id int PRIMARY KEY, user_id int NOT NULL);
                                CREATE UNIQUE INDEX wide_user ON wide (user_id);
                                CREATE UNLOGGED TABLE quick (id int PRIMARY KEY);
                                """)) {
            isMended(
                    databases,
                    captured("My \"Schema.Odd; Name", "a b"),
                    "has no replica identity: as soon as it were published, the application's"
                            + " UPDATE and DELETE would fail",
                    "ALTER TABLE \"My \"\"Schema\".\"Odd; Name\" REPLICA IDENTITY FULL;");
            isMended(
                    databases,
                    captured("uniquely", "id"),
                    "has no replica identity",
                    "ALTER TABLE \"public\".\"uniquely\" REPLICA IDENTITY USING INDEX"
                            + " \"by \"\"id\";");
            isMended(
                    databases,
                    captured("later", "id"),
                    "because its primary key later_pkey is deferrable",
                    "ALTER TABLE \"public\".\"later\" REPLICA IDENTITY FULL;");
            isMended(
                    databases,
                    captured("nothing", "id"),
                    "has REPLICA IDENTITY NOTHING",
                    "ALTER TABLE \"public\".\"nothing\" REPLICA IDENTITY DEFAULT;");
            isMended(
                    databases,
                    captured("lost", "id"),
                    "has a replica identity whose index is gone",
                    "writes the whole old row into the WAL");
            isMended(
                    databases,
                    captured("narrow", "id", "user_id"),
                    "has a replica identity that leaves out user_id",
                    "ALTER TABLE \"public\".\"narrow\" REPLICA IDENTITY FULL;");
            isMended(
                    databases,
                    captured("wide", "user_id"),
                    "leaves out user_id",
                    "USING INDEX \"wide_user\";");
            isMended(
                    databases,
                    captured("quick", "id"),
                    "is unlogged",
                    "ALTER TABLE \"public\".\"quick\" SET LOGGED;");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyLeafOfAPartitionedTableCounts(PostgresVersion version) throws Exception {
        try (TwoDatabases databases =
                TwoDatabases.on(version)
                        .onSource(
                                """
                                CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY HASH (id);
                                CREATE TABLE part_0 PARTITION OF parted
                                    FOR VALUES WITH (MODULUS 4, REMAINDER 0);
                                CREATE TABLE part_1 PARTITION OF parted
                                    FOR VALUES WITH (MODULUS 4, REMAINDER 1);
                                CREATE TABLE part_2 PARTITION OF parted
                                    FOR VALUES WITH (MODULUS 4, REMAINDER 2)
                                    PARTITION BY HASH (id);
                                CREATE TABLE part_2_0 PARTITION OF part_2
                                    FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                                ALTER TABLE part_1 REPLICA IDENTITY NOTHING;
                                ALTER TABLE part_2_0 REPLICA IDENTITY NOTHING;
                                ALTER TABLE parted REPLICA IDENTITY NOTHING;
                                """)) {
            isMended(
                    databases,
                    captured("parted", "id"),
                    "(2 partitions, such as public.part_1)",
                    "ALTER TABLE \"public\".\"part_2_0\" REPLICA IDENTITY DEFAULT;");

            databases.onSource("ALTER TABLE part_0 REPLICA IDENTITY FULL");
            assertThat(findings(databases, captured("parted", "id")))
                    .extracting(Finding::severity)
                    .containsExactly(Severity.WARNING);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatNoStatementOfOursCanMendIsSaidToo(PostgresVersion version) throws Exception {
        try (TwoDatabases databases =
                TwoDatabases.on(version)
                        .onSource(
                                """
                                CREATE TABLE bag (v text);
                                ALTER TABLE bag REPLICA IDENTITY FULL;
                                CREATE EXTENSION postgres_fdw;
                                CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;
                                CREATE FOREIGN TABLE elsewhere (id int) SERVER other;
                                """)) {
            assertThat(findings(databases, captured("bag"), captured("elsewhere", "id")))
                    .extracting(Finding::subject, Finding::message)
                    .containsExactly(
                            tuple(
                                    "bag",
                                    "has no primary key and no other key of NOT NULL columns, so"
                                            + " that a changed row cannot be named"),
                            tuple("elsewhere", "is a foreign table, which changes elsewhere"));
        }
    }

    /** Their values do not travel: neither stored ones before 18, nor virtual ones at all. */
    @ParameterizedTest
    @MethodSource("versions")
    void computedColumnsThatDoNotTravelCannotNameARow(PostgresVersion version) throws Exception {
        String sort = version.isAtLeast(18) ? "VIRTUAL" : "STORED";
        try (TwoDatabases databases =
                TwoDatabases.on(version)
                        .onSource(
                                "CREATE TABLE computed (id int PRIMARY KEY, twice int GENERATED"
                                        + " ALWAYS AS (id * 2) "
                                        + sort
                                        + "); ALTER TABLE computed REPLICA IDENTITY FULL")) {
            List<Finding> findings = findings(databases, captured("computed", "twice"));
            assertThat(findings).hasSize(1);
            assertThat(findings.getFirst().remedy())
                    .isEqualTo(
                            "Map the table by columns of a unique, NOT NULL index that the server"
                                    + " does not compute.");
        }
    }

    @Test
    void fullWithVirtualColumnsIsRefusedWithTheKeyAsTheWayOut() throws Exception {
        try (TwoDatabases databases =
                TwoDatabases.on(PostgresVersion.NEWEST)
                        .onSource(
                                """
                                CREATE TABLE computed (id int PRIMARY KEY,
                                    twice int GENERATED ALWAYS AS (id * 2) VIRTUAL);
                                ALTER TABLE computed REPLICA IDENTITY FULL;
                                """)) {
            isMended(
                    databases,
                    captured("computed", "id"),
                    "has REPLICA IDENTITY FULL together with virtual generated columns",
                    "ALTER TABLE \"public\".\"computed\" REPLICA IDENTITY DEFAULT;");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void refusesWithEverythingAtOnce(PostgresVersion version) throws Exception {
        try (TwoDatabases databases =
                TwoDatabases.on(version)
                        .onSource("CREATE TABLE a (id int); CREATE UNLOGGED TABLE b (id int)")) {
            List<Finding> findings = findings(databases, captured("a", "id"), captured("b", "id"));

            assertThatThrownBy(() -> CaptureCheck.refuse(findings))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNSUPPORTED);
                                assertThat(failure.getMessage())
                                        .contains("- a has no replica identity")
                                        .contains("- b is unlogged");
                                assertThat(failure.hint())
                                        .contains("\"a\" REPLICA IDENTITY FULL;")
                                        .contains("\"b\" SET LOGGED;");
                            });
        }
    }
}
