package dev.confiture.cli;

import dev.confiture.Confiture;
import dev.confiture.analyze.AnalyzeReport;
import dev.confiture.build.BuildReport;
import dev.confiture.draft.DraftReport;
import dev.confiture.error.Finding;
import dev.confiture.migration.CutoverReport;
import dev.confiture.migration.FollowReport;
import dev.confiture.migration.MigrateReport;
import dev.confiture.migration.StatusReport;
import dev.confiture.setup.CleanupReport;
import dev.confiture.setup.SetupReport;
import dev.confiture.verify.VerifyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An engine that writes down how it was called and answers with small reports. */
final class FakeConfiture implements Confiture {
    final List<String> calls = new ArrayList<>();

    List<Finding> findings = List.of();
    VerifyReport verification = Reports.agreeing();
    Optional<Supplier<RuntimeException>> failure = Optional.empty();

    @Override
    public BuildReport build(String environment, BuildOptions options) {
        called("build", environment, options);
        return Reports.build();
    }

    @Override
    public SetupReport setup(String source, String target, SetupOptions options) {
        called("setup", source, target, options);
        return Reports.setup();
    }

    @Override
    public DraftReport draftMapping(String target) {
        called("draftMapping", target);
        return Reports.draft();
    }

    @Override
    public AnalyzeReport analyze(String target, Path mapping, AnalyzeOptions options) {
        called("analyze", target, mapping, options);
        return Reports.analyze(findings);
    }

    @Override
    public MigrateReport migrate(String target, Path mapping, MigrateOptions options) {
        called("migrate", target, mapping, options);
        return Reports.migrate();
    }

    @Override
    public MigrateReport migrateTable(
            String target,
            String sourceTable,
            String targetTable,
            String columns,
            MigrateOptions options) {
        called("migrateTable", target, sourceTable, targetTable, columns, options);
        return Reports.migrate();
    }

    @Override
    public VerifyReport verify(String target, VerifyOptions options) {
        called("verify", target, options);
        return verification;
    }

    @Override
    public FollowReport follow(String target, FollowOptions options) {
        called("follow", target, options);
        return new FollowReport(3, 2, 1);
    }

    @Override
    public StatusReport status(String target) {
        called("status", target);
        return Reports.status();
    }

    @Override
    public CutoverReport cutover(String target, CutoverOptions options) {
        called("cutover", target, options);
        return Reports.cutover();
    }

    @Override
    public CutoverReport rollback(String target, RollbackOptions options) {
        called("rollback", target, options);
        return Reports.cutover();
    }

    @Override
    public CleanupReport cleanup(String target, boolean force) {
        called("cleanup", target, force);
        return Reports.cleanup();
    }

    private void called(String method, Object... arguments) {
        calls.add(method + Arrays.toString(arguments));
        failure.ifPresent(
                it -> {
                    throw it.get();
                });
    }
}
