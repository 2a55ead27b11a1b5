package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.AnalyzeOptions;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Confiture.VerifyOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.verify.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What only the target can evaluate is followed all the same. */
class TargetEvaluationIT {
    private static final MigrateOptions OPTIONS = new MigrateOptions("auto", 1, false, false);
    private static final CutoverOptions KEEP_IN_STEP =
            new CutoverOptions(
                    Duration.ofSeconds(5), false, false, false, Confiture.DEFAULT_MAX_WAL);

    private static final String SOURCE =
            """
            CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL, bio text, code text);
            ALTER TABLE users ALTER bio SET STORAGE EXTERNAL;
            INSERT INTO users
            SELECT n, 'user' || n, repeat(md5(n::text), 200), (ARRAY['ch', 'fr'])[1 + n % 2]
            FROM generate_series(1, 500) n;
            CREATE TABLE others (id integer PRIMARY KEY, email text, place regclass);
            """;

    /** Function and lookup table are the target's own: the source could not evaluate the entry. */
    private static final String TARGET =
            """
            CREATE SCHEMA lookup;
            CREATE TABLE lookup.regions (code text PRIMARY KEY, name text NOT NULL);
            INSERT INTO lookup.regions VALUES ('ch', 'Switzerland'), ('fr', 'France');
            CREATE FUNCTION lookup.mark(text) RETURNS text IMMUTABLE LANGUAGE sql
                AS $$ SELECT '<' || $1 || '>' $$;
            CREATE TABLE people (id bigint PRIMARY KEY, email text NOT NULL, bio text, code text,
                mark text NOT NULL, region text, noted text NOT NULL DEFAULT 'new');
            """;

    private static final String MAPPING =
            """
            people:
              source_table: users
              evaluate: target
              where: lookup.mark(email) <> '<hidden>'
              expressions:
                mark: lookup.mark(email || length(bio))
                region: (SELECT r.name FROM lookup.regions r WHERE r.code = users.code)
            ignore_tables: [others]
            """;

    /** What the mapping means, by hand, with the source's values alone. */
    private static final String WANTED =
            """
            SELECT count(*) || md5(string_agg(concat_ws('|', id, email, bio, code,
                '<' || email || length(bio) || '>',
                CASE code WHEN 'ch' THEN 'Switzerland' WHEN 'fr' THEN 'France' END), E'\\n'
                ORDER BY id)) FROM users WHERE email <> 'hidden'
            """;

    private static final String FOUND =
            """
            SELECT count(*) || md5(string_agg(concat_ws('|', id, email, bio, code, mark, region),
                E'\\n' ORDER BY id)) FROM people
            """;

    @TempDir private Path folder;

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void changedRowsAreEvaluatedOnTheTarget(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            assertEqual(databases);
            databases.onTarget("UPDATE people SET noted = 'kept' WHERE id IN (1, 2, 3)");

            databases.onSource(
                    """
                    UPDATE users SET email = 'changed' WHERE id = 1;
                    UPDATE users SET id = 1000 WHERE id = 2;
                    UPDATE users SET email = 'hidden' WHERE id = 4;
                    DELETE FROM users WHERE id = 5;
                    INSERT INTO users VALUES (501, 'come', 'x', 'it');
                    """);
            catchUp(target);
            assertEqual(databases);
            assertThat(
                            databases
                                    .rawTarget()
                                    .value(
                                            "SELECT string_agg(id || noted, ' ' ORDER BY id)"
                                                    + " FROM people WHERE id IN (1, 2, 3, 1000)"))
                    .isEqualTo("1kept 3kept 1000new");

            databases.onSource("TRUNCATE users; INSERT INTO users VALUES (7, 'last', 'b', 'ch')");
            catchUp(target);
            assertEqual(databases);
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void verifyFindsWhatIsWrongAndRepairsIt(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            databases.onSource("UPDATE users SET email = 'written after the copy' WHERE id = 9");
            assertThat(confiture().verify(target, List.of()).agrees()).isTrue();
            databases.onTarget("UPDATE people SET region = 'Atlantis' WHERE id = 10");
            databases.onTarget("DELETE FROM people WHERE id = 11");

            VerifyReport.TableResult found =
                    confiture().verify(target, List.of()).tables().getFirst();
            assertThat(found.different()).isEqualTo(1);
            assertThat(found.missing()).isEqualTo(1);
            confiture()
                    .verify(
                            target,
                            new VerifyOptions(
                                    List.of(), false, 100, true, Confiture.DEFAULT_MAX_WAL));
            assertEqual(databases);
            assertThat(confiture().verify(target, List.of()).agrees()).isTrue();
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theApplicationChangesSidesAndGoesBack(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases, MAPPING.replaceFirst("  where: .*\n", ""));
            confiture().verify(target, List.of());
            databases.onSource("UPDATE users SET email = 'before' WHERE id = 20");
            assertThat(confiture().cutover(target, KEEP_IN_STEP).ready()).isTrue();
            assertEqual(databases);

            databases.onTarget("UPDATE people SET email = 'after' WHERE id = 21");
            assertThat(ReverseHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(databases.rawSource().value("SELECT email FROM users WHERE id = 21"))
                    .isEqualTo("after");
            confiture().rollback(target, RoundTrip.ROLLBACK);

            databases.onSource("UPDATE users SET email = 'back again' WHERE id = 22");
            catchUp(target);
            assertThat(databases.rawTarget().value("SELECT mark FROM people WHERE id = 22"))
                    .isEqualTo("<back again6400>");
            confiture().cleanup(target, true);
        }
    }

    /** The old database could not tell which of its rows are the entry's. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aConditionThatOnlyTheTargetKnowsHasNoWayBack(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = migrated(databases);
            assertThatThrownBy(() -> confiture().cutover(target, KEEP_IN_STEP))
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED);
                                assertThat(failure.getMessage())
                                        .contains("users has rows that a where leaves out");
                            });
            databases.onSource("DELETE FROM users WHERE id = 30");
            catchUp(target);
            assertEqual(databases);
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a select of its own; users; {evaluate: target, key: [id], depends: {users: [id]},"
                        + " select: 'SELECT id, email FROM users'}",
                "reads others of the source; users; {evaluate: target, depends: {others: [id]},"
                        + " expressions: {email: 'email || (SELECT o.email FROM others o"
                        + " WHERE o.id = users.id)'}}",
                "reads users of the source; users; {evaluate: target, depends: {users: [id]},"
                        + " expressions: {email: '(SELECT max(u.email) FROM users u WHERE u.id ="
                        + " users.id)'}}",
                "the column place of type regclass; others; {source_table: others, evaluate:"
                        + " target}"
            })
    void whatCannotBeFollowedIsRefusedBeforeAnythingIsDone(
            String reason, String source, String entry) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(PostgresVersion.NEWEST)) {
            databases.onSource(SOURCE);
            databases.onTarget("CREATE TABLE users (id integer PRIMARY KEY, email text)");
            String target = databases.rawTarget().dsn();
            String ignored =
                    source.equals("users")
                            ? ", ignore: [bio, code]}\nignore_tables: [others]\n"
                            : ", ignore: [place]}\nignore_tables: [users]\n";
            Path mapping =
                    Files.writeString(
                            folder.resolve("mapping.yaml"),
                            "users: " + entry.substring(0, entry.length() - 1) + ignored);
            confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));

            assertThatThrownBy(() -> confiture().migrate(target, mapping, OPTIONS))
                    .isInstanceOf(ConfitureException.class)
                    .hasMessageContaining("entry users is evaluated on the target")
                    .hasMessageContaining(reason);
            assertThat(confiture().analyze(target, mapping, new AnalyzeOptions(false)).findings())
                    .filteredOn(it -> it.severity() == Finding.Severity.BLOCKER)
                    .extracting(Finding::message)
                    .anyMatch(message -> message.contains(reason));
            assertThat(databases.rawSource().number("SELECT count(*) FROM pg_publication"))
                    .isZero();
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aTableThatOthersFeedTooIsRefused(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onSource(SOURCE);
            databases.onTarget(
                    "CREATE TABLE people (id bigint, origin text, email text,"
                            + " PRIMARY KEY (origin, id))");
            String target = databases.rawTarget().dsn();
            Path mapping =
                    Files.writeString(
                            folder.resolve("mapping.yaml"),
                            """
                            users:
                              target_table: people
                              evaluate: target
                              key: [origin, id]
                              expressions: {origin: "'users'"}
                              ignore: [bio, code]
                            others:
                              target_table: people
                              key: [origin, id]
                              expressions: {origin: "'others'"}
                              ignore: [place]
                            """);
            confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
            assertThatThrownBy(() -> confiture().migrate(target, mapping, OPTIONS))
                    .hasMessageContaining("feeds people together with other entries");
            confiture().cleanup(target, true);
        }
    }

    private void catchUp(String target) {
        confiture().migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
    }

    private static void assertEqual(TwoDatabases databases) throws Exception {
        assertThat(databases.rawTarget().value(FOUND))
                .isEqualTo(databases.rawSource().value(WANTED));
    }

    private String migrated(TwoDatabases databases) throws Exception {
        return migrated(databases, MAPPING);
    }

    private String migrated(TwoDatabases databases, String text) throws Exception {
        databases.onSource(SOURCE).onTarget(TARGET);
        String target = databases.rawTarget().dsn();
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), text);
        confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        confiture().migrate(target, mapping, OPTIONS);
        return target;
    }
}
