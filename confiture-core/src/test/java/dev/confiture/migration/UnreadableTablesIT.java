package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.Confiture;
import dev.confiture.Confiture.AnalyzeOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.analyze.AnalyzeReport;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.setup.SetupReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableTablesIT {
    private static final String SOURCE =
            """
            DROP ROLE IF EXISTS half_blind;
            CREATE ROLE half_blind LOGIN;
            CREATE TABLE users (id integer PRIMARY KEY, city text);
            CREATE TABLE cities (name text PRIMARY KEY, country text);
            CREATE TABLE filtered (id integer PRIMARY KEY);
            CREATE TABLE closed (id integer PRIMARY KEY);
            CREATE SCHEMA hidden;
            CREATE TABLE hidden.away (id integer PRIMARY KEY);
            INSERT INTO users VALUES (1, 'Zug');
            INSERT INTO filtered SELECT generate_series(1, 5000);
            INSERT INTO closed SELECT generate_series(1, 5000);
            ALTER TABLE filtered ENABLE ROW LEVEL SECURITY;
            GRANT SELECT ON users, filtered TO half_blind;
            ANALYZE;
            """;
    private static final String TARGET =
            """
            CREATE TABLE users (id integer PRIMARY KEY, city text);
            CREATE TABLE filtered (id integer PRIMARY KEY);
            CREATE TABLE closed (id integer PRIMARY KEY);
            CREATE SCHEMA hidden;
            CREATE TABLE hidden.away (id integer PRIMARY KEY);
            """;
    private static final String INDEXES =
            "SELECT indexrelid::regclass FROM pg_index"
                    + " WHERE indrelid::regclass::text"
                    + " IN ('users', 'filtered', 'closed', 'hidden.away')"
                    + " ORDER BY 1";
    private static final MigrateOptions AUTO = new MigrateOptions("auto", 2, false, false);

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void areAWarningUntilAMappingNamesThem(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version).onSource(SOURCE).onTarget(TARGET)) {
            Confiture confiture = confiture();
            String target = both.rawTarget().dsn();

            SetupReport setup =
                    confiture.setup(
                            both.rawSource().dsn().replace("//postgres@", "//half_blind@"),
                            target,
                            new SetupOptions(true, false));
            assertThat(setup.findings())
                    .filteredOn(finding -> finding.severity() == Severity.WARNING)
                    .extracting(Finding::subject)
                    .contains("cities", "closed", "filtered", "hidden.away");

            Path everything = mapping("\"*\": {}\nignore_tables: [cities]\n");
            AnalyzeReport analysis =
                    confiture.analyze(target, everything, new AnalyzeOptions(false));
            assertThat(analysis.findings())
                    .filteredOn(finding -> finding.severity() == Severity.BLOCKER)
                    .extracting(Finding::subject, Finding::severity)
                    .containsExactlyInAnyOrder(
                            tuple("closed", Severity.BLOCKER),
                            tuple("filtered", Severity.BLOCKER),
                            tuple("hidden.away", Severity.BLOCKER));

            List<List<String>> indexes = both.rawTarget().rows(INDEXES);
            ConfitureException refused = refusal(confiture, target, everything);
            assertThat(refused.code()).isEqualTo(ErrorCode.BLOCKER_FOUND);
            assertThat(refused.getMessage())
                    .contains("closed: half_blind may not read it on the source")
                    .contains("hidden.away: half_blind may not read it on the source")
                    .contains("filtered: row-level security on the source applies");
            assertThat(refused.hint())
                    .contains("GRANT SELECT ON TABLE \"public\".\"closed\" TO half_blind")
                    .contains("BYPASSRLS");
            assertThat(both.rawTarget().rows(INDEXES)).isEqualTo(indexes).hasSize(4);
            assertThat(both.rawTarget().count("confiture.entry")).isZero();

            Path lookup =
                    mapping(
                            """
                            users:
                              joins:
                                - {table: cities, type: left, on: cities.name = users.city}
                              expressions: {city: cities.country}
                              ignore: [city]
                            ignore_tables: [closed, filtered, hidden.away]
                            """);
            assertThat(refusal(confiture, target, lookup)).hasMessageContaining("cities");
            assertThat(both.rawTarget().rows(INDEXES)).isEqualTo(indexes);

            Path readable =
                    mapping("users: {}\nignore_tables: [cities, closed, filtered, hidden.away]\n");
            confiture.migrate(target, readable, AUTO);
            assertThat(both.rawTarget().rows("SELECT * FROM users"))
                    .containsExactly(List.of("1", "Zug"));
            both.onSource("REVOKE SELECT ON users FROM half_blind");
            assertThat(confiture.migrate(target, readable, AUTO).alreadyComplete()).isTrue();
            both.onSource("DROP OWNED BY half_blind; DROP ROLE half_blind");
        }
    }

    private ConfitureException refusal(Confiture confiture, String target, Path mapping) {
        return catchThrowableOfType(
                ConfitureException.class, () -> confiture.migrate(target, mapping, AUTO));
    }

    private Path mapping(String text) throws IOException {
        return Files.writeString(folder.resolve("mapping.yaml"), text);
    }

    private static Confiture confiture() {
        return Confiture.open(
                new Settings(Path.of("db"), Path.of("").toAbsolutePath(), Map.of()),
                ProgressListener.SILENT,
                new StopSignal());
    }
}
