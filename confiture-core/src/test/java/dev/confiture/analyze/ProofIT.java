package dev.confiture.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.TwoDatabases;
import dev.confiture.analyze.prove.Proof;
import dev.confiture.analyze.prove.Violation;
import dev.confiture.analyze.prove.Violation.Kind;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.postgres.Session;
import dev.confiture.sandbox.PostgresVersion;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the old rows break of the new schema, with exact counts and keys. */
class ProofIT {
    private static final String VERSIONS = "dev.confiture.TwoDatabases#versions";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void rowsThatKeepEveryRuleAreCountedAndNothingElse(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, v text)")
                    .onSource("INSERT INTO t SELECT i, i::text FROM generate_series(1, 1000) i")
                    .onTarget("CREATE TABLE t (id bigint PRIMARY KEY, v varchar(4) NOT NULL)");
            Proof.Result result = prove(both, "t: {}");
            assertThat(result.report().rows()).isEqualTo(1000);
            assertThat(result.findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void notNull(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE old (id int PRIMARY KEY, mail text, name text)")
                    .onSource(
                            "INSERT INTO old SELECT i, nullif(i % 3, 0)::text, nullif(i, 7)::text"
                                    + " FROM generate_series(1, 20) i")
                    .onTarget("CREATE DOMAIN filled AS text NOT NULL")
                    .onTarget(
                            "CREATE TABLE new (nr int PRIMARY KEY, email text NOT NULL,"
                                    + " name filled)");
            Proof.Result result =
                    prove(both, "new: {source_table: old, columns: {id: nr, mail: email}}");
            assertThat(violations(result))
                    .containsExactly(
                            of(Kind.NOT_NULL, "email", 6, "3", "6", "9", "12", "15"),
                            of(Kind.NOT_NULL, "name", 1, "7"));
            Finding first = result.findings().getFirst();
            assertThat(first.severity()).isEqualTo(Severity.BLOCKER);
            assertThat(first.subject()).isEqualTo("new.email");
            assertThat(first.message())
                    .isEqualTo(
                            "6 rows would be NULL, which the column refuses (nr = 3, 6, 9, 12, 15,"
                                    + " …)");
            assertThat(first.remedy())
                    .contains(
                            "ALTER TABLE \"public\".\"new\" ALTER COLUMN \"email\" DROP NOT NULL;");
            shows(both, first, 6);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void lengths(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE t (id int PRIMARY KEY, v text, c text, b varbit, w varbit,
                                d text);
                            INSERT INTO t VALUES (1, 'abc', 'abc', '101', '101', 'abc'),
                                (2, 'abcd', 'abcd', '1011', '1011', 'abcd'),
                                (3, 'abc  ', 'abc  ', '10', '10', 'ab'),
                                (4, 'äöüß', 'äöü', '101', '1', NULL);
                            """)
                    .onTarget("CREATE DOMAIN short AS varchar(3)")
                    .onTarget(
                            "CREATE TABLE t (id int PRIMARY KEY, v varchar(3), c char(3), b bit(3),"
                                    + " w varbit(3), d short)");
            Proof.Result result = prove(both, "t: {}");
            assertThat(violations(result))
                    .containsExactly(
                            of(Kind.LENGTH, "v", 2, "2", "4"),
                            of(Kind.LOSS, "v", 1, "3"),
                            of(Kind.LENGTH, "c", 1, "2"),
                            of(Kind.LENGTH, "b", 2, "2", "3"),
                            of(Kind.LENGTH, "w", 1, "2"),
                            of(Kind.LENGTH, "d", 1, "2"));
            result.findings().forEach(finding -> shows(both, finding, 0));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void numbersOutOfRangeAndRounded(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE t (id int PRIMARY KEY, n numeric, i bigint, s int,
                                f double precision, w numeric);
                            INSERT INTO t VALUES (1, 99.99, 2147483647, 32767, 2147483647.4, 1),
                                (2, 99.995, 2147483648, 32768, 2147483647.6, 1.5),
                                (3, 'NaN', -2147483648, -32768, 'NaN', 'NaN'),
                                (4, 'Infinity', -2147483649, -32769, 1.25, 1e30),
                                (5, 1.234, NULL, NULL, NULL, NULL);
                            """)
                    .onTarget(
                            "CREATE TABLE t (id int PRIMARY KEY, n numeric(4,2), i int, s smallint,"
                                    + " f int, w bigint)");
            Proof.Result result = prove(both, "t: {}");
            assertThat(violations(result))
                    .containsExactly(
                            of(Kind.RANGE, "i", 2, "2", "4"),
                            of(Kind.RANGE, "s", 2, "2", "4"),
                            of(Kind.RANGE, "f", 2, "2", "3"),
                            of(Kind.RANGE, "w", 2, "3", "4"),
                            // Rows that fail are no longer looked at for what they lose.
                            of(Kind.LOSS, "f", 1, "1"),
                            of(Kind.LOSS, "n", 1, "5"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void precision(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE t (id int PRIMARY KEY, n numeric, at timestamp);
                            INSERT INTO t VALUES (1, 99.99, '2024-01-01 00:00:00.4'),
                                (2, 99.995, '2024-01-01'), (3, 'NaN', NULL), (4, 'Infinity', NULL),
                                (5, 1.234, NULL), (6, -100, NULL), (7, -99.994, NULL);
                            """)
                    .onTarget(
                            "CREATE TABLE t (id int PRIMARY KEY, n numeric(4,2), at timestamp(0))");
            Proof.Result result = prove(both, "t: {}");
            assertThat(violations(result))
                    .containsExactly(
                            of(Kind.RANGE, "n", 3, "2", "4", "6"),
                            of(Kind.LOSS, "n", 3, "2", "5", "7"),
                            of(Kind.LOSS, "at", 1, "1"));
            assertThat(result.findings())
                    .extracting(Finding::severity)
                    .containsExactly(Severity.BLOCKER, Severity.WARNING, Severity.WARNING);
            result.findings().forEach(finding -> shows(both, finding, 0));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void digitsOfFloats(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE t (id int PRIMARY KEY, f double precision, r real);
                            INSERT INTO t VALUES (1, 0.1, 0.1), (2, 0.1::float8 + 0.2, 16777218),
                                (3, 'NaN', 'Infinity'), (4, NULL, NULL);
                            """)
                    .onTarget("CREATE TABLE t (id int PRIMARY KEY, f numeric, r numeric)");
            Proof.Result result = prove(both, "t: {}");
            assertThat(violations(result))
                    .containsExactly(of(Kind.LOSS, "f", 1, "2"), of(Kind.LOSS, "r", 1, "2"));
            result.findings().forEach(finding -> shows(both, finding, 0));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void checksOfTablesAndDomains(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, low int, high int, code text)")
                    .onSource(
                            "INSERT INTO t VALUES (1, 1, 2, 'A-1'), (2, 3, 2, 'b'),"
                                    + " (3, NULL, 2, 'x')")
                    .onTarget(
                            """
                            CREATE DOMAIN code AS text CHECK (VALUE ~ '^[A-Z]-[0-9]$');
                            CREATE FUNCTION own(int) RETURNS boolean IMMUTABLE LANGUAGE sql
                                AS 'SELECT true';
                            CREATE TABLE t (id int PRIMARY KEY, low int, high int, code code,
                                kind text DEFAULT 'VALUE', made int GENERATED ALWAYS AS (1) STORED,
                                CONSTRAINT ordered CHECK (low <= high),
                                CONSTRAINT known CHECK (kind = 'VALUE'),
                                CONSTRAINT by_function CHECK (own(low)),
                                CONSTRAINT by_target CHECK (made = 1));
                            """);
            Proof.Result result = prove(both, "t: {}");
            assertThat(violations(result))
                    .containsExactly(
                            of(Kind.CHECK, null, 1, "2"), of(Kind.CHECK, "code", 2, "2", "3"));
            assertThat(result.report().unproven())
                    .containsExactlyInAnyOrder(
                            "t: CHECK constraint by_function", "t: CHECK constraint by_target");
            result.findings().stream()
                    .filter(finding -> finding.severity() == Severity.BLOCKER)
                    .forEach(finding -> shows(both, finding, 0));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void labelsThatTheEnumLacks(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')")
                    .onSource("CREATE TABLE t (id int PRIMARY KEY, a text, b mood)")
                    .onSource(
                            "INSERT INTO t VALUES (1, 'ok', 'ok'), (2, 'OK', 'sad'),"
                                    + " (3, 'sad', NULL)")
                    .onTarget("CREATE TYPE mood AS ENUM ('ok', 'happy')")
                    .onTarget("CREATE TABLE t (id int PRIMARY KEY, a mood, b mood)");
            Proof.Result result = prove(both, "t: {}");
            assertThat(violations(result))
                    .containsExactly(of(Kind.LABEL, "a", 2, "2", "3"), of(Kind.LABEL, "b", 1, "2"));
            result.findings().forEach(finding -> shows(both, finding, 0));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void castsThatFail(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE t (id text PRIMARY KEY, u text, d text, i text, j text,
                                n int NOT NULL DEFAULT 0);
                            INSERT INTO t SELECT i::text,
                                CASE WHEN i IN (5, 7) THEN 'no uuid'
                                    ELSE gen_random_uuid()::text END,
                                CASE WHEN i IN (500, 1999) THEN '2023-02-29' ELSE '2024-02-29' END,
                                CASE i WHEN 8 THEN '1.5' WHEN 9 THEN '2147483648' WHEN 10 THEN ' 7 '
                                    ELSE i::text END,
                                CASE WHEN i = 1500 THEN '{' ELSE '{}' END
                            FROM generate_series(1, 2000) i;
                            INSERT INTO t VALUES ('x', NULL, NULL, NULL, NULL);
                            """)
                    .onTarget(
                            "CREATE TABLE t (id text PRIMARY KEY, u uuid, d date, i int, j json,"
                                    + " n int CHECK (n > 0))");
            Proof.Result result = prove(both, "t: {}");
            assertThat(violations(result))
                    .contains(
                            of(Kind.CAST, "u", 2, "5", "7"),
                            of(Kind.CAST, "i", 2, "8", "9"),
                            of(Kind.CAST, "d", 2, "500", "1999"),
                            of(Kind.CAST, "j", 1, "1500"))
                    .as("the other rows are looked at all the same")
                    .contains(of(Kind.CHECK, null, 1994, "1", "2", "3", "4", "6"))
                    .hasSize(5);
            result.findings()
                    .forEach(
                            finding ->
                                    assertThat(finding.toString())
                                            .doesNotContain("no uuid", "2023-02"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aKeyThatCannotBeReadIsNamedAsItIs(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id text PRIMARY KEY)")
                    .onSource("INSERT INTO t VALUES ('1'), ('one'), ('3')")
                    .onTarget("CREATE TABLE t (id int PRIMARY KEY)");
            assertThat(violations(prove(both, "t: {}")))
                    .containsExactly(of(Kind.CAST, "id", 1, "one"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void tooManyFailuresAreCountedAsAtLeastSoMany(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, p text[])")
                    .onSource("INSERT INTO t SELECT i, '{x}' FROM generate_series(1, 300) i")
                    .onTarget("CREATE TABLE t (id int PRIMARY KEY, p int[])");
            Proof.Result result = prove(both, "t: {}");
            assertThat(result.report().violations())
                    .extracting(Violation::column, Violation::rows, Violation::exact)
                    .containsExactly(tuple("p", 200L, false));
            assertThat(result.findings())
                    .extracting(Finding::severity)
                    .containsExactly(Severity.BLOCKER, Severity.NOTE);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void jsonThatJsonbRefuses(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, j json)")
                    .onSource(
                            "INSERT INTO t VALUES (1, '{\"a\":\"\\u0000\"}'),"
                                    + " (2, '{\"a\":\"\\\\u0000\"}'),"
                                    + " (3, '{\"a\":\"\\\\\\u0000\"}'),"
                                    + " (4, NULL)")
                    .onTarget("CREATE TABLE t (id int PRIMARY KEY, j jsonb)");
            assertThat(violations(prove(both, "t: {}")))
                    .containsExactly(of(Kind.CAST, "j", 2, "1", "3"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void whatOccursTwiceOverAllEntries(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE a (id int PRIMARY KEY, mail text, off boolean, r numeric);
                            CREATE TABLE b (id int PRIMARY KEY, mail text, off boolean, r numeric);
                            INSERT INTO a VALUES (1, 'x@y', false, 1.001), (2, 'X@y', false, 1.002),
                                (3, NULL, false, 5), (4, NULL, true, 6);
                            INSERT INTO b VALUES (4, 'z', true, 7), (5, 'z', false, 8),
                                (6, 'z', false, 9);
                            """)
                    .onTarget(
                            """
                            CREATE TABLE t (id int PRIMARY KEY, mail text, off boolean,
                                r numeric(8,2) UNIQUE);
                            CREATE UNIQUE INDEX by_mail ON t (lower(mail)) WHERE NOT off;
                            """);
            Proof.Result result = prove(both, "a: {target_table: t}\nb: {target_table: t}");
            assertThat(result.report().violations())
                    .extracting(Violation::constraint, Violation::rows, Violation::sampleKeys)
                    .containsExactlyInAnyOrder(
                            tuple("t_pkey", 2L, List.of("4")),
                            tuple("by_mail", 4L, List.of("1 and 2", "5 and 6")),
                            tuple("t_r_key", 2L, List.of("1 and 2")),
                            tuple("numeric(8,2)", 2L, List.of("1", "2")));
            assertThat(result.findings())
                    .allSatisfy(finding -> assertThat(finding.message()).doesNotContain("x@y"));
            result.findings().forEach(finding -> shows(both, finding, 0));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void nullsAreEqualWhereTheIndexSaysSo(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            boolean known = version.equals(PostgresVersion.NEWEST);
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, n int)")
                    .onSource("INSERT INTO t VALUES (1, NULL), (2, NULL), (3, 3)")
                    .onTarget("CREATE TABLE t (id int PRIMARY KEY, n int)")
                    .onTarget(
                            "CREATE UNIQUE INDEX one ON t (n)"
                                    + (known ? " NULLS NOT DISTINCT" : ""));
            assertThat(prove(both, "t: {}").report().violations())
                    .extracting(Violation::rows, Violation::sampleKeys)
                    .isEqualTo(known ? List.of(tuple(2L, List.of("1 and 2"))) : List.of());
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void exclusionConstraints(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, during int4range)")
                    .onSource("INSERT INTO t VALUES (1, '[1,5)'), (2, '[4,6)'), (3, '[6,9)')")
                    .onTarget(
                            "CREATE TABLE t (id int PRIMARY KEY, during int4range,"
                                    + " CONSTRAINT apart EXCLUDE USING gist (during WITH &&))");
            Proof.Result result = prove(both, "t: {}");
            assertThat(violations(result))
                    .containsExactly(of(Kind.EXCLUSION, "during", 2, "1", "2"));
            result.findings().forEach(finding -> shows(both, finding, 2));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void referencesThatLeadNowhere(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE p (id int PRIMARY KEY);
                            CREATE TABLE c (id int PRIMARY KEY, p int, x int, y int, land text,
                                town int);
                            INSERT INTO p VALUES (1), (2);
                            INSERT INTO c VALUES (1, 1, NULL, NULL, 'DE', NULL),
                                (2, 3, 1, NULL, 'XX', NULL), (3, NULL, 1, 1, NULL, 5);
                            """)
                    .onTarget(
                            """
                            CREATE TABLE p (id bigint PRIMARY KEY);
                            CREATE TABLE land (code varchar(2) PRIMARY KEY);
                            CREATE TABLE town (id int PRIMARY KEY);
                            INSERT INTO land VALUES ('DE'), ('FR');
                            CREATE TABLE pair (x int, y int, PRIMARY KEY (x, y));
                            INSERT INTO pair VALUES (1, 1);
                            CREATE TABLE c (id int PRIMARY KEY,
                                p int CONSTRAINT parent REFERENCES p,
                                x int, y int, land text CONSTRAINT country REFERENCES land,
                                town int CONSTRAINT place REFERENCES town,
                                CONSTRAINT both_or_none
                                    FOREIGN KEY (x, y) REFERENCES pair MATCH FULL);
                            """);
            Proof.Result result = prove(both, "c: {}\np: {}");
            assertThat(result.report().violations())
                    .extracting(Violation::constraint, Violation::rows, Violation::sampleKeys)
                    .containsExactlyInAnyOrder(
                            tuple("parent", 1L, List.of("2")),
                            tuple("country", 1L, List.of("2")),
                            tuple("place", 1L, List.of("3")),
                            tuple("both_or_none", 1L, List.of("2")));
            result.findings().forEach(finding -> shows(both, finding, 1));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void partitionedTablesAreReadWhole(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE t (id int PRIMARY KEY, d text) PARTITION BY RANGE (id);
                            CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (100);
                            CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (100) TO (200);
                            INSERT INTO t SELECT i,
                                CASE WHEN i IN (3, 103) THEN '?' ELSE '1 day' END
                                FROM generate_series(1, 199) i;
                            """)
                    .onTarget("CREATE TABLE t (id int PRIMARY KEY, d interval)");
            assertThat(violations(prove(both, "t: {}")))
                    .containsExactly(of(Kind.CAST, "d", 2, "3", "103"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void onlyRowsThatTheMappingMakesAreProved(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource(
                            """
                            CREATE TABLE t (id int PRIMARY KEY, d text, n int,
                                gone boolean NOT NULL);
                            INSERT INTO t SELECT i, CASE i WHEN 4 THEN '?' WHEN 5 THEN '!'
                                ELSE '2024-01-01' END, i - 3, i IN (2, 4)
                                FROM generate_series(1, 9) i;
                            """)
                    .onTarget(
                            "CREATE TABLE t (id int PRIMARY KEY, d date,"
                                    + " share int CHECK (share > 0))");
            Proof.Result result =
                    prove(
                            both,
                            """
                            t:
                              expressions: {share: 10 / n}
                              where: NOT gone
                            """);
            assertThat(violations(result))
                    .containsExactlyInAnyOrder(
                            of(Kind.CAST, "d", 1, "5"),
                            of(Kind.CAST, "share", 1, "3"),
                            of(Kind.CHECK, null, 1, "1"));
            assertThat(result.report().rows()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void aQueryOfTheUsersIsProvedToo(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, town text)")
                    .onSource("INSERT INTO t VALUES (1, 'a'), (2, 'a'), (3, 'bcd')")
                    .onTarget("CREATE TABLE town (name varchar(2) PRIMARY KEY, people int)");
            Proof.Result result =
                    prove(
                            both,
                            """
                            t:
                              target_table: town
                              select: SELECT town AS name, count(*)::int AS people FROM t GROUP BY 1
                              key: [name]
                              depends: {t: [town]}
                              ignore: [id]
                            """);
            assertThat(violations(result)).containsExactly(of(Kind.LENGTH, "name", 1, "bcd"));
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void theWayThereAndBackIsTried(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version)) {
            both.onSource("CREATE TABLE t (id int PRIMARY KEY, first text, last text)")
                    .onSource(
                            "INSERT INTO t VALUES (1, 'Ada', 'Lovelace'), (2, 'Jean Paul', 'S'),"
                                    + " (3, 'X', NULL)")
                    .onTarget("CREATE TABLE t (id int PRIMARY KEY, name text)");
            Proof.Result result =
                    prove(
                            both,
                            """
                            t:
                              expressions: {name: "first || ' ' || coalesce(last, '')"}
                              reverse:
                                first: "split_part(name, ' ', 1)"
                                last: "nullif(split_part(name, ' ', 2), '')"
                            """);
            assertThat(violations(result))
                    .containsExactlyInAnyOrder(
                            of(Kind.WAY_BACK, "first", 1, "2"), of(Kind.WAY_BACK, "last", 1, "2"));
            assertThat(result.findings())
                    .allSatisfy(
                            finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
        }
    }

    private static Proof.Result prove(TwoDatabases both, String mapping) {
        try (Session source = both.source().open("test");
                Session target = both.target().open("test")) {
            return new Proof(both.sourceCatalog(), both.targetCatalog())
                    .run(source, target, both.resolve(mapping).derivations());
        }
    }

    private static List<Tuple> violations(Proof.Result result) {
        return result.report().violations().stream()
                .map(it -> tuple(it.kind(), it.column(), it.rows(), it.sampleKeys()))
                .toList();
    }

    private static Tuple of(Kind kind, String column, long rows, String... keys) {
        return tuple(kind, column, rows, List.of(keys));
    }

    /** The statement in the remedy can be run, and shows so many rows; 0 means any but none. */
    private static void shows(TwoDatabases both, Finding finding, int rows) {
        String remedy = finding.remedy();
        String statement =
                remedy.substring(remedy.lastIndexOf("\nThe ")).replaceFirst("^[^:]*:", "");
        try (Session source = both.source().open("test")) {
            List<String> shown = source.select(statement, row -> "a row");
            assertThat(shown).as(statement).isNotEmpty();
            if (rows > 0) {
                assertThat(shown).as(statement).hasSize(rows);
            }
        }
    }
}
