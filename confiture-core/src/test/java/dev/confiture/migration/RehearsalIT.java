package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.Confiture;
import dev.confiture.Confiture.AnalyzeOptions;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.analyze.AnalyzeReport.EntryPlan;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code analyze} does to tell how long a table will take, and that nothing is left of it. */
class RehearsalIT {
    private static final String SOURCE =
            """
            CREATE TABLE plain (id int PRIMARY KEY, name text, "Some Word" text);
            INSERT INTO plain SELECT n, 'name ' || n, md5(n::text) FROM generate_series(1, 30000) n;
            CREATE TABLE fetched (LIKE plain INCLUDING ALL);
            INSERT INTO fetched SELECT * FROM plain;
            CREATE TABLE parted (LIKE plain INCLUDING ALL) PARTITION BY RANGE (id);
            CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (10000);
            CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (10000) TO (90000);
            INSERT INTO parted SELECT * FROM plain;
            CREATE TABLE counted (LIKE plain INCLUDING ALL);
            INSERT INTO counted SELECT * FROM plain;
            CREATE TABLE moved (LIKE plain INCLUDING ALL);
            INSERT INTO moved SELECT * FROM plain;
            CREATE TABLE asked (LIKE plain INCLUDING ALL);
            INSERT INTO asked SELECT * FROM plain;
            CREATE TABLE misfit (LIKE plain INCLUDING ALL);
            INSERT INTO misfit SELECT * FROM plain;
            CREATE TABLE small (LIKE plain INCLUDING ALL);
            ANALYZE;
            CREATE TABLE unknown (LIKE plain INCLUDING ALL);
            INSERT INTO unknown SELECT * FROM plain;
            """;

    private static final String TARGET =
            """
            CREATE TABLE plain (id int PRIMARY KEY, name text UNIQUE, "Some Word" text);
            CREATE INDEX "An Index ON" ON plain (lower("Some Word"), id) INCLUDE (name)
                WHERE id % 2 = 0 AND name <> ' ON ';
            CREATE INDEX hashed ON plain USING hash (name);
            ALTER TABLE plain ADD EXCLUDE USING btree (id WITH =);
            CREATE TABLE fetched (LIKE plain INCLUDING ALL);
            CREATE TABLE parted (LIKE plain) PARTITION BY RANGE (id);
            ALTER TABLE parted ADD PRIMARY KEY (id);
            CREATE INDEX ON parted (name);
            CREATE TABLE parted_all PARTITION OF parted DEFAULT;
            CREATE TABLE counted (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text,
                "Some Word" text, twice int GENERATED ALWAYS AS (2 * id) STORED);
            CREATE TABLE moved (LIKE plain INCLUDING ALL);
            CREATE TABLE asked (LIKE plain INCLUDING ALL);
            CREATE TABLE misfit (id int PRIMARY KEY, name varchar(6), "Some Word" text);
            CREATE TABLE small (LIKE plain INCLUDING ALL);
            CREATE TABLE unknown (LIKE plain INCLUDING ALL);
            """;

    private static final String MAPPING =
            """
            "*": {}
            fetched: {strategy: fdw}
            moved: {evaluate: target, expressions: {name: "name || '!'"}}
            asked:
              select: SELECT id, max(name) AS name FROM asked GROUP BY id
              key: [id]
              depends: {asked: [id]}
              ignore: [Some Word]
            """;

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void everyLargeTableHasATimeAndNothingStays(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            databases.onSource(SOURCE).onTarget(TARGET);
            String target = databases.rawTarget().dsn();
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
            Confiture confiture =
                    Confiture.open(
                            new Settings(folder, folder, Map.of()),
                            ProgressListener.SILENT,
                            new StopSignal());
            confiture.setup(databases.rawSource().dsn(), target, new SetupOptions(true, false));
            long relations = databases.rawTarget().number("SELECT count(*) FROM pg_class");

            Map<String, EntryPlan> plans =
                    confiture.analyze(target, mapping, new AnalyzeOptions(false)).entries().stream()
                            .collect(Collectors.toMap(EntryPlan::entry, plan -> plan));

            assertThat(plans).hasSize(9);
            assertThat(plans.values())
                    .filteredOn(plan -> plan.estimatedSeconds() != null)
                    .extracting(EntryPlan::entry)
                    .containsExactlyInAnyOrder(
                            "plain", "fetched", "parted", "counted", "moved", "unknown");
            assertThat(plans.get("plain").estimatedSeconds()).isPositive();
            assertThat(databases.rawTarget().number("SELECT count(*) FROM pg_class"))
                    .isEqualTo(relations);
            assertThat(databases.rawTarget().count("plain")).isZero();

            databases.onSource("UPDATE misfit SET name = 'short'");
            confiture.migrate(target, mapping, new MigrateOptions("auto", 2, false, false));
            assertThat(databases.rawTarget().count("moved")).isEqualTo(30_000);
        }
    }
}
