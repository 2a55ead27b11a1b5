package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Confiture.VerifyOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.cutover.PreflightItem;
import dev.confiture.cutover.PreflightItem.Verdict;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was seen to differ stays so, for every command, until it was seen to be equal. */
class KnownDifferenceIT {
    private static final MigrateOptions OPTIONS = new MigrateOptions("auto", 1, false, false);

    private static final VerifyOptions REPAIR =
            new VerifyOptions(List.of(), false, 100, true, Confiture.DEFAULT_MAX_WAL);

    @TempDir private Path folder;
    private TwoDatabases databases;
    private Confiture confiture;
    private Path mapping;
    private String target;

    @AfterEach
    void close() throws Exception {
        databases.close();
    }

    private void migrate(PostgresVersion version, String targetTables) throws Exception {
        databases =
                TwoDatabases.on(version)
                        .onSource(
                                "CREATE TABLE users (id int PRIMARY KEY, name text);"
                                        + " CREATE TABLE notes (id int PRIMARY KEY, author int);"
                                        + " INSERT INTO users VALUES (1, 'ada'), (2, 'grace');"
                                        + " INSERT INTO notes VALUES (1, 1)")
                        .onTarget(targetTables);
        target = databases.rawTarget().dsn();
        mapping = Files.writeString(folder.resolve("mapping.yaml"), "'*': {}\n");
        confiture =
                Confiture.open(
                        new Settings(folder, folder, Map.of()),
                        ProgressListener.SILENT,
                        new StopSignal());
        confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        confiture.migrate(target, mapping, OPTIONS);
    }

    private static CutoverOptions cutover() {
        return new CutoverOptions(
                Duration.ofSeconds(5), false, false, false, Confiture.DEFAULT_MAX_WAL);
    }

    private void cutoverMustSay(String text) {
        assertThatThrownBy(() -> confiture.cutover(target, cutover()))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CUTOVER_ABORTED))
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aCutoverThatSawItIsNotFollowedByOneThatDoesNotLook(PostgresVersion version)
            throws Exception {
        migrate(
                version,
                "CREATE TABLE users (id int PRIMARY KEY, name text);"
                        + " CREATE TABLE notes (id int PRIMARY KEY, author int)");
        assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
        databases.onSource("UPDATE users SET name = 'Ada' WHERE id = 1");
        confiture.migrate(target, mapping, OPTIONS);
        databases.onTarget("UPDATE users SET name = 'damaged' WHERE id = 1");

        cutoverMustSay("both sides differ");
        cutoverMustSay("both sides were seen to differ");
        assertThat(confiture.verify(target, List.of()).agrees()).isFalse();
        cutoverMustSay("both sides were seen to differ");

        assertThat(confiture.verify(target, REPAIR).agrees()).isTrue();
        assertThat(confiture.cutover(target, cutover()).kind()).isEqualTo("done");
        assertThat(databases.rawTarget().value("SELECT name FROM users WHERE id = 1"))
                .isEqualTo("Ada");
        confiture.cleanup(target, true);
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aVerifyThatFindsOrphansIsNotGreen(PostgresVersion version) throws Exception {
        migrate(
                version,
                "CREATE TABLE users (id int PRIMARY KEY, name text);"
                        + " CREATE TABLE notes (id int PRIMARY KEY,"
                        + " author int REFERENCES users)");
        databases.onSource("INSERT INTO notes VALUES (2, 77)");
        assertThat(confiture.verify(target, List.of()).agrees()).isFalse();
        cutoverMustSay("both sides were seen to differ");

        databases.onSource("DELETE FROM notes WHERE id = 2");
        assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
        assertThat(confiture.cutover(target, cutover()).kind()).isEqualTo("done");
        confiture.cleanup(target, true);
    }

    /** What was compared is green only with the constraints, which are proved after it. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aVerifyThatIsStoppedBeforeItsConstraintsIsNotGreen(PostgresVersion version)
            throws Exception {
        migrate(
                version,
                "CREATE TABLE users (id int PRIMARY KEY, name text);"
                        + " CREATE TABLE notes (id int PRIMARY KEY,"
                        + " author int REFERENCES users)");
        databases.onSource("INSERT INTO notes VALUES (2, 77)");
        StopSignal stop = new StopSignal();
        Confiture stopped =
                Confiture.open(
                        new Settings(folder, folder, Map.of()),
                        event -> {
                            if (event instanceof ProgressEvent.Detail detail
                                    && detail.text().startsWith("check notes_author_fkey")) {
                                stop.request();
                            }
                        },
                        stop);
        assertThatThrownBy(() -> stopped.verify(target, List.of()))
                .isInstanceOfSatisfying(
                        ConfitureException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
        assertThat(lastVerify().verdict()).isEqualTo(Verdict.WARNING);

        // It is taken up where it was, and the constraints are proved.
        assertThat(confiture.verify(target, List.of()).agrees()).isFalse();
        assertThat(lastVerify().verdict()).isEqualTo(Verdict.BLOCKER);
        databases.onSource("DELETE FROM notes WHERE id = 2");
        assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
        assertThat(lastVerify().verdict()).isEqualTo(Verdict.GOOD);
        confiture.cleanup(target, true);
    }

    private PreflightItem lastVerify() {
        CutoverOptions dryRun =
                new CutoverOptions(
                        Duration.ofSeconds(5), true, false, false, Confiture.DEFAULT_MAX_WAL);
        return confiture.cutover(target, dryRun).preflight().stream()
                .filter(item -> item.check().equals("last verify"))
                .findFirst()
                .orElseThrow();
    }

    /** As if a million rows were changed between the preflight and the comparison. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aCutoverDoesNotPassOverAComparisonThatItPromised(PostgresVersion version)
            throws Exception {
        migrate(
                version,
                "CREATE TABLE users (id int PRIMARY KEY, name text);"
                        + " CREATE TABLE notes (id int PRIMARY KEY, author int)");
        assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
        databases.onTarget("UPDATE confiture.verification SET changed_keys = 1000000");
        databases.onSource("UPDATE users SET name = 'changed' WHERE id = 2");

        cutoverMustSay("so many rows were changed since both sides were last compared");
        assertThat(lastVerify().verdict()).isEqualTo(Verdict.WARNING);
        confiture.cleanup(target, true);
    }

    /** As if a million rows that had been compared were changed while a verify was interrupted. */
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aVerifyBeginsAnewWhenTooMuchWasChangedMeanwhile(PostgresVersion version) throws Exception {
        migrate(
                version,
                "CREATE TABLE users (id int PRIMARY KEY, name text);"
                        + " CREATE TABLE notes (id int PRIMARY KEY, author int)");
        assertThat(confiture.verify(target, List.of()).agrees()).isTrue();
        databases.onTarget(
                "UPDATE users SET name = 'damaged' WHERE id = 1;"
                        + " UPDATE confiture.verification SET running = true, green_at = NULL,"
                        + " changed_keys = 1000000;"
                        + " INSERT INTO confiture.verified_table VALUES"
                        + " ('public', 'users', NULL, true, 2, 2, 1)");
        databases.onSource("UPDATE users SET name = 'changed' WHERE id = 2");

        assertThat(confiture.verify(target, List.of()).agrees()).isFalse();
        assertThat(confiture.verify(target, REPAIR).agrees()).isTrue();
        confiture.cleanup(target, true);
    }
}
