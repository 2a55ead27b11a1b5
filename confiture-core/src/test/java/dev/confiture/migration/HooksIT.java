package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confiture.Confiture;
import dev.confiture.Confiture.CutoverOptions;
import dev.confiture.Confiture.FollowOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.ProgressEvent;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real commands are called, with figures, and what becomes of a run when they fail. */
class HooksIT {
    private static final FollowOptions WAL = new FollowOptions(Confiture.DEFAULT_MAX_WAL);

    @TempDir private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path calls;
    private Path mapping;

    @BeforeEach
    void files() throws IOException {
        calls = folder.resolve("calls");
        mapping = Files.writeString(folder.resolve("mapping.yaml"), "users: {}\n\"*\": {}\n");
    }

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()),
                event -> {
                    if (event instanceof ProgressEvent.Warning warning) {
                        warnings.add(warning.text());
                    }
                },
                new StopSignal());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCopyIsAnnouncedAndItsEndToldOfOnce(boolean atRest) throws Exception {
        try (TwoDatabases databases = filled()) {
            environment(
                    databases,
                    note("before_copy", "$CONFITURE_COMMAND $CONFITURE_PHASE $CONFITURE_TABLES"),
                    note("after_copy", "$CONFITURE_ROWS $CONFITURE_TABLES $CONFITURE_TO_DATABASE"),
                    note("on_error", "$CONFITURE_ERROR"));
            confiture().setup(databases.rawSource().dsn(), "new", new SetupOptions(atRest, false));
            migrate();
            assertThat(calls())
                    .containsExactly(
                            "before_copy migrate set up 2",
                            "after_copy 5 2 " + databases.rawTarget().name());

            assertThat(confiture().migrate("new", mapping, options(true)).dryRun()).isTrue();
            assertThat(migrate().alreadyComplete()).isTrue();
            assertThat(calls()).hasSize(2);
            confiture().cleanup("new", true);
        }
    }

    @Test
    void aBeforeCopyThatFailsKeepsTheTargetEmpty() throws Exception {
        try (TwoDatabases databases = filled()) {
            environment(
                    databases,
                    "before_copy: echo not tonight; exit 3",
                    note("on_error", "$CONFITURE_ERROR $CONFITURE_EXIT_CODE $CONFITURE_MESSAGE"));
            databases.onTarget("CREATE INDEX by_name ON users (name)");
            confiture().setup(databases.rawSource().dsn(), "new", new SetupOptions(false, false));
            assertThatThrownBy(this::migrate)
                    .isInstanceOfSatisfying(
                            ConfitureException.class,
                            failure -> {
                                assertThat(failure.code()).isEqualTo(ErrorCode.HOOK_FAILED);
                                assertThat(failure)
                                        .hasMessage(
                                                "the hook before_copy ended with exit code 3: not"
                                                        + " tonight; nothing was copied");
                            });
            assertThat(calls())
                    .containsExactly(
                            "on_error HOOK_FAILED 1 the hook before_copy ended with exit code 3:"
                                    + " not tonight; nothing was copied");
            assertThat(confiture().status("new").entries()).isEmpty();
            assertThat(databases.rawTarget().number("SELECT count(*) FROM users")).isZero();
            assertThat(databases.rawTarget().value("SELECT to_regclass('by_name')::text"))
                    .isEqualTo("by_name");

            environment(databases, note("before_copy", "again"));
            migrate();
            assertThat(databases.rawTarget().number("SELECT count(*) FROM users")).isEqualTo(3);
            confiture().cleanup("new", true);
        }
    }

    @Test
    void anAfterCopyThatFailsLeavesTheRows() throws Exception {
        try (TwoDatabases databases = filled()) {
            environment(databases, "after_copy: 'false'");
            confiture().setup(databases.rawSource().dsn(), "new", new SetupOptions(true, false));
            assertThatThrownBy(this::migrate)
                    .hasMessage(
                            "the rows are copied, but the hook after_copy ended with exit code 1");
            assertThat(migrate().alreadyComplete()).isTrue();
            assertThat(confiture().verify("new", List.of()).agrees()).isTrue();
        }
    }

    @Test
    void eachCommandThatFailsSaysSoAndHidesNothing() throws Exception {
        try (TwoDatabases databases = filled()) {
            environment(
                    databases,
                    note(
                            "on_error",
                            "$CONFITURE_COMMAND $CONFITURE_PHASE $CONFITURE_EXIT_CODE"
                                    + " $CONFITURE_FROM_DATABASE"));
            confiture().setup(databases.rawSource().dsn(), "new", new SetupOptions(false, false));
            String from = " set up 4 " + databases.rawSource().name();
            assertThatThrownBy(() -> confiture().follow("new", WAL))
                    .hasMessageContaining("nothing to follow yet");
            CutoverOptions cutover =
                    new CutoverOptions(
                            Duration.ofSeconds(5), false, false, true, Confiture.DEFAULT_MAX_WAL);
            assertThatThrownBy(() -> confiture().cutover("new", cutover))
                    .hasMessageContaining("nothing to cut over yet");
            databases.onSource("ALTER TABLE users ADD COLUMN nobody_maps_it integer");
            assertThatThrownBy(this::migrate).hasMessageContaining("nobody_maps_it");
            assertThat(calls())
                    .containsExactly(
                            "on_error follow" + from,
                            "on_error cutover" + from,
                            "on_error migrate set up 3 " + databases.rawSource().name());

            environment(databases, "on_error: exit 7");
            assertThatThrownBy(this::migrate).hasMessageContaining("nobody_maps_it");
            assertThat(warnings).contains("the hook on_error ended with exit code 7");

            confiture().cleanup("new", true);
            environment(databases, note("on_error", "$CONFITURE_COMMAND $CONFITURE_ERROR"));
            assertThatThrownBy(this::migrate).hasMessageContaining("no migration yet");
            assertThat(calls()).last().isEqualTo("on_error migrate NOT_SET_UP");
        }
    }

    @Test
    void anEnvironmentThatIsNotThereIsSaidOnce() {
        assertThatThrownBy(this::migrate).hasMessageContaining("there is no environment");
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatBreaksTheCallDoesNotTakeThePlaceOfTheFailure() throws Exception {
        try (TwoDatabases databases = filled()) {
            environment(databases, note("on_error", "$CONFITURE_ERROR"));
            Confiture broken =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()),
                            event -> {
                                if (event.equals(new ProgressEvent.Detail("hook on_error"))) {
                                    throw new IllegalStateException("nobody listens");
                                }
                            },
                            new StopSignal());
            assertThatThrownBy(() -> broken.migrate("new", mapping, options(false)))
                    .hasMessageContaining("no migration yet")
                    .satisfies(
                            failure ->
                                    assertThat(failure.getSuppressed())
                                            .extracting(Throwable::getMessage)
                                            .containsExactly("nobody listens"));
        }
    }

    private MigrateReport migrate() {
        return confiture().migrate("new", mapping, options(false));
    }

    private static MigrateOptions options(boolean dryRun) {
        return new MigrateOptions("auto", 1, dryRun, false);
    }

    private static TwoDatabases filled() throws Exception {
        return TwoDatabases.on(PostgresVersion.NEWEST)
                .onBoth(
                        "CREATE TABLE users (id integer PRIMARY KEY, name text);"
                                + " CREATE TABLE orders (id integer PRIMARY KEY)")
                .onSource(
                        "INSERT INTO users SELECT n, 'user' FROM generate_series(1, 3) n;"
                                + " INSERT INTO orders VALUES (1), (2); ANALYZE");
    }

    private String note(String hook, String what) {
        return "%s: echo \"$CONFITURE_HOOK %s\" >> '%s'".formatted(hook, what, calls);
    }

    /** Writes the target's environment file. */
    private void environment(TwoDatabases databases, String... hooks) throws IOException {
        Path file = folder.resolve("environments").resolve("new.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "database_url: %s\nhooks:\n  %s\n"
                        .formatted(databases.rawTarget().dsn(), String.join("\n  ", hooks)));
    }

    private List<String> calls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }
}
