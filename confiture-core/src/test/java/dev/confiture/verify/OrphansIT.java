package dev.confiture.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.TwoDatabases;
import dev.confiture.ledger.RemovedObject;
import dev.confiture.mapping.Derivation;
import dev.confiture.sandbox.PostgresVersion;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows are loaded as a migration loads them: with the keys' own triggers silent. */
class OrphansIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aNullIsNoReferenceUnlessTheKeyMustMatchInFull(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget("CREATE TABLE p (a int, b int, PRIMARY KEY (a, b))");
            child(both, "simple", "a int, b int, CONSTRAINT s FOREIGN KEY (a, b) REFERENCES p");
            child(
                    both,
                    "complete",
                    "a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p MATCH FULL");
            load(both, "INSERT INTO p VALUES (1, 1)");
            String rows = " VALUES (1, 1), (1, NULL), (NULL, NULL), (1, 2), (2, 1)";
            load(both, "INSERT INTO simple" + rows + "; INSERT INTO complete" + rows);
            assertThat(orphans(both, "simple", "complete")).isEqualTo(Map.of("s", 2L, "f", 3L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void selfReferencesAndReferencesAcrossSchemasAreChecked(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget(
                    "CREATE SCHEMA \"Other One\";"
                            + " CREATE TABLE \"Other One\".\"P \"\"1\"\"\""
                            + " (\"k?\" text PRIMARY KEY)");
            child(
                    both,
                    "t",
                    "id int PRIMARY KEY, up int CONSTRAINT self REFERENCES t,"
                            + " \"Far $1\" text CONSTRAINT far"
                            + " REFERENCES \"Other One\".\"P \"\"1\"\"\"");
            load(both, "INSERT INTO \"Other One\".\"P \"\"1\"\"\" VALUES ('x')");
            load(both, "INSERT INTO t VALUES (1, NULL, 'x'), (2, 1, 'y'), (3, 9, NULL)");
            assertThat(orphans(both, "t")).isEqualTo(Map.of("self", 1L, "far", 1L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void partitionedTablesAreCheckedOnBothEnds(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget(
                    """
                    CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);
                    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
                    CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
                    """);
            both.onSource("CREATE TABLE c (id int, p int)");
            both.onTarget(
                    """
                    CREATE TABLE c (id int, p int CONSTRAINT whole REFERENCES p,
                        CONSTRAINT one FOREIGN KEY (id) REFERENCES p1) PARTITION BY LIST (id);
                    CREATE TABLE c1 PARTITION OF c FOR VALUES IN (1);
                    CREATE TABLE c2 PARTITION OF c FOR VALUES IN (2);
                    """);
            load(both, "INSERT INTO p VALUES (1), (15)");
            load(both, "INSERT INTO c VALUES (1, 15), (1, 3), (2, 1)");
            assertThat(orphans(both, "c")).isEqualTo(Map.of("whole", 1L, "one", 1L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aKeyOfASinglePartitionIsChecked(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE c (id int, p int)");
            both.onTarget(
                    """
                    CREATE TABLE p (id int PRIMARY KEY);
                    CREATE TABLE c (id int, p int) PARTITION BY LIST (id);
                    CREATE TABLE c1 PARTITION OF c FOR VALUES IN (1) PARTITION BY LIST (p);
                    CREATE TABLE c1d PARTITION OF c1 DEFAULT;
                    CREATE TABLE c2 PARTITION OF c FOR VALUES IN (2);
                    ALTER TABLE c1d ADD CONSTRAINT deep FOREIGN KEY (p) REFERENCES p;
                    ALTER TABLE c2 ADD CONSTRAINT flat FOREIGN KEY (p) REFERENCES p;
                    """);
            load(both, "INSERT INTO p VALUES (1)");
            load(both, "INSERT INTO c VALUES (1, 1), (1, 2), (1, 3), (2, 1), (2, 9)");
            assertThat(orphans(both, "c")).isEqualTo(Map.of("deep", 2L, "flat", 1L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void orphansUnderAKeyThatTheNewSchemaLeavesNotValidAreNoDifference(PostgresVersion version)
            throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE c (p int); INSERT INTO c VALUES (1), (2)");
            both.onTarget(
                    """
                    CREATE TABLE p (id int PRIMARY KEY);
                    CREATE TABLE c (p int);
                    INSERT INTO c VALUES (1), (2);
                    ALTER TABLE c ADD CONSTRAINT own FOREIGN KEY (p) REFERENCES p NOT VALID;
                    """);
            VerifyReport report = VerificationIT.verify(both, both.carry("c", "c"));
            assertThat(report.foreignKeys())
                    .containsExactly(new VerifyReport.Orphans("own", "c", "p", 2, true));
            assertThat(report.agrees()).isTrue();

            RemovedObject postponed =
                    new RemovedObject(
                            1,
                            TwoDatabases.name("c"),
                            RemovedObject.Kind.FOREIGN_KEY,
                            "own",
                            List.of("ALTER TABLE c VALIDATE CONSTRAINT own"));
            VerifyReport later =
                    VerificationIT.verify(
                            both, List.of(), List.of(postponed), both.carry("c", "c"));
            assertThat(later.agrees()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aRowOfAnHeirDoesNotSatisfyAReference(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE h () INHERITS (p)");
            child(both, "c", "p int CONSTRAINT k REFERENCES p");
            load(both, "INSERT INTO h VALUES (7); INSERT INTO c VALUES (7)");
            assertThat(orphans(both, "c")).isEqualTo(Map.of("k", 1L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void keysAreComparedAsTheServerComparesThem(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onBoth(
                    """
                    CREATE EXTENSION citext;
                    CREATE TYPE mood AS ENUM ('sad', 'glad');
                    CREATE DOMAIN code AS citext;
                    CREATE DOMAIN amount AS int;
                    CREATE TYPE pair AS (x int, y text);
                    CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2',
                        deterministic = false);
                    """);
            both.onTarget(
                    """
                    CREATE TABLE p (c citext UNIQUE, d code UNIQUE, m mood UNIQUE, f amount UNIQUE,
                        n bigint UNIQUE, v varchar(9) UNIQUE, r pair UNIQUE, a int[] UNIQUE,
                        i text COLLATE "und-x-icu" UNIQUE, j text COLLATE folded UNIQUE,
                        z numrange UNIQUE);
                    """);
            child(
                    both,
                    "t",
                    """
                    c citext CONSTRAINT of_citext REFERENCES p (c),
                    d code CONSTRAINT of_domain REFERENCES p (d),
                    m mood CONSTRAINT of_enum REFERENCES p (m),
                    f amount CONSTRAINT of_number_domain REFERENCES p (f),
                    n int CONSTRAINT of_wider REFERENCES p (n),
                    v text CONSTRAINT of_varchar REFERENCES p (v),
                    r pair CONSTRAINT of_composite REFERENCES p (r),
                    a int[] CONSTRAINT of_array REFERENCES p (a),
                    i text COLLATE "C" CONSTRAINT of_collation REFERENCES p (i),
                    j text COLLATE folded CONSTRAINT of_folded REFERENCES p (j),
                    z numrange CONSTRAINT of_range REFERENCES p (z)
                    """);
            load(
                    both,
                    """
                    INSERT INTO p VALUES ('Ab', 'Ab', 'sad', 7, 1, 'v', '(1,a)', '{1}', 'i', 'Ab',
                        '[1,2)');
                    INSERT INTO t VALUES ('aB', 'aB', 'sad', 7, 1, 'v', '(1,a)', '{1}', 'i', 'aB',
                        '[1,2)');
                    """);
            assertThat(orphans(both, "t"))
                    .hasSize(11)
                    .allSatisfy((_, count) -> assertThat(count).isZero());
            load(
                    both,
                    """
                    INSERT INTO t VALUES ('x', 'x', 'glad', 8, 2, 'w', '(1,)', '{2}', 'x', 'x',
                        '[1,3)');
                    """);
            assertThat(orphans(both, "t"))
                    .hasSize(11)
                    .allSatisfy((_, count) -> assertThat(count).isOne());
        }
    }

    @Test
    void aPeriodMustBeCoveredByAllMatchingPeriodsTogether() throws Exception {
        try (TwoDatabases both = TwoDatabases.on(PostgresVersion.NEWEST)) {
            both.onBoth("CREATE EXTENSION btree_gist")
                    .onTarget(
                            "CREATE TABLE p (id int, during daterange,"
                                    + " PRIMARY KEY (id, during WITHOUT OVERLAPS))");
            child(
                    both,
                    "t",
                    "id int, during daterange, CONSTRAINT k FOREIGN KEY (id, PERIOD during)"
                            + " REFERENCES p (id, PERIOD during)");
            load(
                    both,
                    """
                    INSERT INTO p VALUES (1, '[2020-01-01,2021-01-01)'),
                        (1, '[2021-01-01,2022-01-01)'), (2, '[2020-01-01,2030-01-01)');
                    INSERT INTO t VALUES (1, '[2020-06-01,2021-06-01)'), (1, NULL),
                        (1, '[2021-06-01,2022-06-01)'), (3, '[2020-06-01,2021-06-01)');
                    """);
            assertThat(orphans(both, "t")).isEqualTo(Map.of("k", 2L));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void onlyKeysOfTheMappedTablesAreLookedAt(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onTarget("CREATE TABLE p (id int PRIMARY KEY)");
            child(both, "mine", "p int CONSTRAINT k REFERENCES p");
            child(both, "other", "p int CONSTRAINT o REFERENCES p");
            load(both, "INSERT INTO mine VALUES (1); INSERT INTO other VALUES (1)");
            assertThat(orphans(both, "mine")).isEqualTo(Map.of("k", 1L));
        }
    }

    /** The table on the target, and a source table that it could have come from. */
    private static void child(TwoDatabases both, String name, String columns) throws SQLException {
        both.onSource("CREATE TABLE " + name + " ()");
        both.onTarget("CREATE TABLE " + name + " (" + columns + ")");
    }

    private static void load(TwoDatabases both, String script) throws SQLException {
        both.onTarget("SET session_replication_role = replica; " + script);
    }

    private static Map<String, Long> orphans(TwoDatabases both, String... tables) {
        return VerificationIT.verify(
                        both,
                        Arrays.stream(tables)
                                .map(table -> both.carry(table, table))
                                .toArray(Derivation[]::new))
                .foreignKeys()
                .stream()
                .collect(
                        Collectors.toMap(
                                VerifyReport.Orphans::constraint, VerifyReport.Orphans::orphans));
    }
}
