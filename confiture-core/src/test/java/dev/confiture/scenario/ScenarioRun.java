package dev.confiture.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confiture.Confiture;
import dev.confiture.Confiture.AnalyzeOptions;
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
        List<List<String>> sourceBefore = DatabaseObjects.of(source);
        List<List<String>> targetBefore = DatabaseObjects.of(target);
        setUp(confiture, source, target);
        assertThat(
                        confiture
                                .analyze(
                                        target.dsn(), scenario.mapping(), new AnalyzeOptions(false))
                                .entries())
                .isNotEmpty();
        confiture.migrate(target.dsn(), scenario.mapping(), options());
        assertThat(confiture.verify(target.dsn(), List.of()).agrees()).isTrue();
        assertThat(confiture.migrate(target.dsn(), scenario.mapping(), options()).alreadyComplete())
                .isTrue();
        assertThat(answers(target)).isEqualTo(scenario.expected().orElseThrow());
        confiture.cleanup(target.dsn(), false);
        assertThat(DatabaseObjects.of(target)).isEqualTo(targetBefore);
        assertThat(DatabaseObjects.of(source)).isEqualTo(sourceBefore);
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
                            setUp(confiture, source, target);
                            confiture.migrate(target.dsn(), scenario.mapping(), options());
                        });
        assertThat(failure).as("the migration must fail").isNotNull();
        assertThat(failure.code().name()).isEqualTo(expected.getFirst());
        assertThat(failure.getMessage() + "\n" + failure.hint())
                .contains(expected.subList(1, expected.size()));
    }

    private void setUp(Confiture confiture, TestDatabase source, TestDatabase target) {
        confiture.setup(scenario.sourceDsn(source), target.dsn(), new SetupOptions(true, false));
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
