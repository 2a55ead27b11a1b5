package dev.confiture.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.error.ConfitureException;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresServer;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.sandbox.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The whole story of one scenario: setup, analyze, migrate, verify, what is expected, cleanup. */
final class ScenarioRun {
    /** What a database holds besides rows, as text; nothing of it may be different afterwards. */
    private static final String OBJECTS =
            """
            SELECT 'index ' || schemaname || '.' || indexname || ' ' || indexdef
            FROM pg_indexes
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            UNION ALL
            SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' '
                || pg_get_constraintdef(oid) || ' ' || convalidated
            FROM pg_constraint
            WHERE conrelid <> 0
              AND connamespace NOT IN ('pg_catalog'::regnamespace,
                                       'information_schema'::regnamespace)
            UNION ALL
            SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text
            FROM pg_trigger
            WHERE NOT tgisinternal
            UNION ALL
            SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_t%'
            UNION ALL
            SELECT 'extension ' || extname FROM pg_extension
            UNION ALL
            SELECT 'server ' || srvname FROM pg_foreign_server
            ORDER BY 1
            """;

    private final Scenario scenario;
    private final PostgresVersion version;
    private final String strategy;

    ScenarioRun(Scenario scenario, PostgresVersion version, String strategy) {
        this.scenario = scenario;
        this.version = version;
        this.strategy = strategy;
    }

    void run() throws SQLException {
        PostgresServer server = PostgresServer.shared(version);
        try (TestDatabase source = server.createDatabase();
                TestDatabase target = server.createDatabase()) {
            source.execute(scenario.source());
            target.execute(scenario.target());
            Confiture confiture = confiture();
            if (scenario.expectedError().isPresent()) {
                failsAsExpected(confiture, source, target, scenario.expectedError().get());
            } else {
                migrates(confiture, source, target);
            }
        }
    }

    private void migrates(Confiture confiture, TestDatabase source, TestDatabase target)
            throws SQLException {
        List<List<String>> objectsBefore = target.rows(OBJECTS);
        confiture.setup(source.dsn(), target.dsn(), new SetupOptions(true, false));
        // assertThat(confiture.analyze(target.dsn(), scenario.mapping()).entries()).isNotEmpty();
        confiture.migrate(target.dsn(), scenario.mapping(), options());
        assertThat(confiture.verify(target.dsn(), List.of()).agrees()).isTrue();
        assertThat(confiture.migrate(target.dsn(), scenario.mapping(), options()).alreadyComplete())
                .isTrue();
        assertThat(answers(target)).isEqualTo(scenario.expected().orElseThrow());
        confiture.cleanup(target.dsn(), false);
        assertThat(target.rows(OBJECTS)).isEqualTo(objectsBefore);
        assertThat(confiture.cleanup(target.dsn(), false).removed()).isEmpty();
    }

    /** Every query of {@code expect.sql} and its rows, as they stand in {@code expect.txt}. */
    private String answers(TestDatabase target) throws SQLException {
        StringBuilder answers = new StringBuilder();
        for (String query : scenario.queries()) {
            for (List<String> row : target.rows(query)) {
                answers.append(
                                row.stream()
                                        .map(value -> value == null ? "NULL" : value)
                                        .collect(Collectors.joining(" | ")))
                        .append('\n');
            }
        }
        return answers.toString();
    }

    private void failsAsExpected(
            Confiture confiture, TestDatabase source, TestDatabase target, List<String> expected) {
        ConfitureException failure =
                catchThrowableOfType(
                        ConfitureException.class,
                        () -> {
                            confiture.setup(
                                    source.dsn(), target.dsn(), new SetupOptions(true, false));
                            confiture.migrate(target.dsn(), scenario.mapping(), options());
                        });
        assertThat(failure).as("the migration must fail").isNotNull();
        assertThat(failure.code().name()).isEqualTo(expected.getFirst());
        assertThat(failure.getMessage() + "\n" + failure.hint())
                .contains(expected.subList(1, expected.size()));
    }

    private MigrateOptions options() {
        return new MigrateOptions(strategy, 2, false, false);
    }

    private static Confiture confiture() {
        return Confiture.open(
                new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                ProgressListener.SILENT,
                new StopSignal());
    }
}
