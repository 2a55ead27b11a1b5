package dev.confiture.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.confiture.Confiture;
import dev.confiture.Confiture.MigrateOptions;
import dev.confiture.Confiture.SetupOptions;
import dev.confiture.Confiture.VerifyOptions;
import dev.confiture.Settings;
import dev.confiture.TwoDatabases;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.ledger.Ledger;
import dev.confiture.ledger.VerifyLedger;
import dev.confiture.live.Application;
import dev.confiture.live.LiveShop;
import dev.confiture.mapping.ResolvedMapping;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import dev.confiture.verify.RowDifference;
import dev.confiture.verify.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While the application writes, verify finds what differs and nothing else. */
class LiveVerifyIT {
    /** Tables of computed rows that are compared in more than one chunk all the same. */
    private static final Set<String> CUT = Set.of("order_totals", "measurement_labels");

    private static final int RUNS = Integer.getInteger("confiture.test.verifications", 3);

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void nothingDiffersWhileTheApplicationWrites(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = setUp(databases);
            confiture().migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
            try (Application application =
                    Application.on(databases.rawSource(), LiveShop.WRITERS)) {
                for (int run = 0; run < RUNS; run++) {
                    VerifyReport report = confiture().verify(target, List.of());
                    assertThat(report.agrees()).as("run %s: %s", run, report).isTrue();
                    assertThat(report.live()).isTrue();
                    assertThat(report.tables())
                            .hasSize(11)
                            .filteredOn(table -> CUT.contains(table.target()))
                            .hasSize(CUT.size())
                            .allSatisfy(table -> assertThat(table.chunks()).isGreaterThan(1));
                    application.awaitEachOneMore();
                }
                assertThat(application.failures()).isEmpty();
            }
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void aRowThatIsWrongIsFoundAmongThoseThatChange(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = setUp(databases);
            confiture().migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
            try (Application _ =
                    Application.on(databases.rawSource(), LiveShop.WRITERS.subList(0, 2))) {
                confiture().verify(target, List.of());
                assertThat(lastVerify(target)).isPresent();
                // These writers leave it alone: what they change, the next hop mends by itself.
                databases.onTarget("UPDATE events SET payload = 'x' WHERE source = 0 AND at = 7");
                VerifyReport report = confiture().verify(target, List.of("events"));
                assertThat(report.tables().getFirst().different()).isEqualTo(1);
                assertThat(report.tables().getFirst().rows())
                        .extracting(RowDifference::key)
                        .containsExactly("0, 7");
                assertThat(lastVerify(target)).isEmpty();
            }
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void afterAGreenVerifyOnlyWhatWasChangedIsComparedAgain(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = setUp(databases);
            confiture().migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
            assertThat(lastVerify(target)).isEmpty();
            assertThat(confiture().verify(target, List.of("users")).agrees()).isTrue();
            assertThat(lastVerify(target)).isEmpty();
            assertThat(confiture().verify(target, List.of()).agrees()).isTrue();
            assertThat(lastVerify(target).orElseThrow().changedKeys()).isZero();

            databases.onSource(
                    "UPDATE old_users SET full_name = 'New' WHERE id IN (1, 2);"
                            + " UPDATE country SET name = 'Elsewhere' WHERE code = 'ch';"
                            + " DELETE FROM old_orders WHERE id = 5; TRUNCATE events");
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            assertThat(lastVerify(target).orElseThrow().changedKeys()).isEqualTo(5);
            ChangedRowsProof proof = prove(target);
            assertThat(proof.differences()).isEmpty();
            assertThat(proof.rows()).isBetween(1600L, 2000L);
            assertThat(lastVerify(target).orElseThrow().changedKeys()).isZero();

            databases.onSource("UPDATE old_users SET full_name = 'Newer' WHERE id = 2");
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            databases.onTarget("UPDATE users SET display_name = 'wrong' WHERE id = 2");
            assertThat(prove(target).differences().values())
                    .singleElement()
                    .satisfies(
                            found -> {
                                assertThat(found.count()).isEqualTo(1);
                                assertThat(found.rows().getFirst().key()).isEqualTo("2");
                                assertThat(found.rows().getFirst().columns())
                                        .containsExactly("display_name");
                            });
            assertThat(lastVerify(target)).isEmpty();
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void whatDiffersIsRepairedAndKeepsWhatTheMappingDoesNotFeed(PostgresVersion version)
            throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = setUp(databases);
            confiture().migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
            databases.onTarget(
                    "UPDATE users SET imported_at = '2001-01-01', email = 'wrong' WHERE id = 3;"
                            + " DELETE FROM users WHERE id = 4;"
                            + " INSERT INTO order_totals VALUES (-1, 0, 0);"
                            + " UPDATE measurements SET value = value + 1 WHERE id = 5");
            VerifyReport report =
                    confiture()
                            .verify(
                                    target,
                                    new VerifyOptions(
                                            List.of(),
                                            false,
                                            100,
                                            true,
                                            Confiture.DEFAULT_MAX_WAL));
            assertThat(report.tables())
                    .filteredOn(table -> table.repaired() > 0)
                    .extracting(VerifyReport.TableResult::target, table -> table.repaired())
                    .containsExactly(
                            tuple("measurements", 1L),
                            tuple("order_totals", 1L),
                            tuple("users", 2L));
            assertThat(report.agrees()).isTrue();
            assertThat(lastVerify(target)).isPresent();
            assertThat(
                            databases
                                    .rawTarget()
                                    .value("SELECT imported_at::date FROM users WHERE id = 3"))
                    .isEqualTo("2001-01-01");
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            confiture().cleanup(target, true);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void anInterruptedVerifyGoesOnWhereItWas(PostgresVersion version) throws Exception {
        try (TwoDatabases databases = TwoDatabases.on(version)) {
            String target = setUp(databases);
            confiture().migrate(target, folder.resolve("mapping.yaml"), OPTIONS);
            EnvironmentLoader environments = new EnvironmentLoader(folder, folder, Map.of());
            try (Attachment attachment = Attachment.to(environments, target, "test")) {
                VerifyLedger ledger = Ledger.takeOver(attachment.control()).verification();
                ledger.begin();
                attachment
                        .control()
                        .inTransaction(
                                () -> {
                                    ledger.store(
                                            TwoDatabases.name("users"),
                                            new VerifyLedger.Progress(
                                                    List.of("4000"), false, 3999, 3999, 7));
                                    return ledger;
                                });
            }
            databases.onSource("UPDATE old_users SET full_name = 'New' WHERE id = 5");
            assertThat(LiveHops.run(folder, target, 1).differences()).isEmpty();
            databases.onTarget("UPDATE users SET display_name = 'x' WHERE id IN (5, 6)");

            VerifyReport.TableResult users =
                    confiture().verify(target, List.of()).tables().stream()
                            .filter(table -> table.target().equals("users"))
                            .findFirst()
                            .orElseThrow();

            assertThat(users.targetRows()).isEqualTo(5000);
            assertThat(users.chunks()).isEqualTo(8);
            // Row 6 lies in what was green, and no change of the source has touched it since.
            assertThat(users.rows()).extracting(RowDifference::key).containsExactly("5");
            confiture().cleanup(target, true);
        }
    }

    private static final MigrateOptions OPTIONS = new MigrateOptions("auto", 2, false, false);

    private Confiture confiture() {
        return Confiture.open(
                new Settings(folder, folder, Map.of()), ProgressListener.SILENT, new StopSignal());
    }

    private String setUp(TwoDatabases databases) throws Exception {
        Files.writeString(folder.resolve("mapping.yaml"), LiveShop.MAPPING);
        databases.onSource(LiveShop.SOURCE).onTarget(LiveShop.TARGET);
        String target = databases.rawTarget().dsn();
        confiture().setup(databases.rawSource().dsn(), target, new SetupOptions(false, false));
        return target;
    }

    private Optional<LastVerify> lastVerify(String target) {
        EnvironmentLoader environments = new EnvironmentLoader(folder, folder, Map.of());
        try (Attachment attachment = Attachment.to(environments, target, "test")) {
            return LastVerify.of(attachment.control());
        }
    }

    private ChangedRowsProof prove(String target) {
        EnvironmentLoader environments = new EnvironmentLoader(folder, folder, Map.of());
        try (Attachment attachment = Attachment.to(environments, target, "test")) {
            Attachment.Catalogs catalogs = attachment.catalogs();
            ResolvedMapping mapping = Mappings.stored(attachment, catalogs);
            Run run =
                    new Run(
                            attachment,
                            catalogs,
                            Ledger.takeOver(attachment.control()),
                            ProgressListener.SILENT,
                            new StopSignal(),
                            new StepClock(ProgressListener.SILENT));
            try (LiveEngine engine =
                    LiveEngine.open(
                            run,
                            mapping,
                            CaptureStart.ensure(run, mapping),
                            Confiture.DEFAULT_MAX_WAL)) {
                ChangedRowsProof proof = engine.changedRowsProof();
                engine.hop(proof);
                return proof;
            }
        }
    }
}
