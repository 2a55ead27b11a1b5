package dev.confiture;

import dev.confiture.analyze.AnalyzeReport;
import dev.confiture.analyze.Depth;
import dev.confiture.build.BuildReport;
import dev.confiture.build.DatabaseBuild;
import dev.confiture.build.WhenNotEmpty;
import dev.confiture.draft.DraftReport;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Direction;
import dev.confiture.ledger.MigrationMode;
import dev.confiture.ledger.StoredMapping;
import dev.confiture.mapping.Strategy;
import dev.confiture.migration.AnalyzePhase;
import dev.confiture.migration.CleanupPhase;
import dev.confiture.migration.CleanupPhase.Incomplete;
import dev.confiture.migration.CutoverReport;
import dev.confiture.migration.CutoverRequest;
import dev.confiture.migration.CutoverRequest.Afterwards;
import dev.confiture.migration.CutoverRequest.Extent;
import dev.confiture.migration.DraftPhase;
import dev.confiture.migration.FailureHook;
import dev.confiture.migration.FollowPhase;
import dev.confiture.migration.FollowReport;
import dev.confiture.migration.MappingFile;
import dev.confiture.migration.MigrateReport;
import dev.confiture.migration.MigrateRequest;
import dev.confiture.migration.MigrateRequest.ForeignRows;
import dev.confiture.migration.MigrateRequest.Intent;
import dev.confiture.migration.MigrateRequest.Start;
import dev.confiture.migration.Migration;
import dev.confiture.migration.SetupPhase;
import dev.confiture.migration.StatusPhase;
import dev.confiture.migration.StatusReport;
import dev.confiture.migration.SwitchoverPhase;
import dev.confiture.migration.VerifyPhase;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.setup.CleanupReport;
import dev.confiture.setup.ForeignTableImport;
import dev.confiture.setup.SetupReport;
import dev.confiture.verify.OnDifference;
import dev.confiture.verify.Thoroughness;
import dev.confiture.verify.VerifyReport;
import dev.confiture.verify.VerifyScope;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Hands every command to the phase that does it. */
final class FrontDoor implements Confiture {
    private final Path workingDirectory;
    private final EnvironmentLoader environments;
    private final ProgressListener listener;
    private final StopSignal stop;
    private final FailureHook onError;

    FrontDoor(
            Path workingDirectory,
            EnvironmentLoader environments,
            ProgressListener listener,
            StopSignal stop) {
        this.workingDirectory = workingDirectory;
        this.environments = environments;
        this.listener = listener;
        this.stop = stop;
        this.onError = new FailureHook(environments, listener);
    }

    @Override
    public BuildReport build(String environment, BuildOptions options) {
        DatabaseBuild build =
                new DatabaseBuild(environments.load(environment), workingDirectory, listener);
        WhenNotEmpty whenNotEmpty = options.force() ? WhenNotEmpty.ADD : WhenNotEmpty.REFUSE;
        return options.dryRun() ? build.preview(whenNotEmpty) : build.run(whenNotEmpty);
    }

    @Override
    public SetupReport setup(String source, String target, SetupOptions options) {
        return new SetupPhase(environments, listener)
                .run(
                        source,
                        target,
                        options.staticMode() ? MigrationMode.STATIC : MigrationMode.LIVE,
                        options.skipImport()
                                ? ForeignTableImport.SKIP
                                : ForeignTableImport.REFRESH);
    }

    @Override
    public DraftReport draftMapping(String target) {
        return new DraftPhase(environments).run(target);
    }

    @Override
    public AnalyzeReport analyze(String target, @Nullable Path mapping, AnalyzeOptions options) {
        return new AnalyzePhase(environments)
                .run(target, found(mapping), options.prove() ? Depth.ROWS : Depth.CATALOGS);
    }

    @Override
    public MigrateReport migrate(String target, @Nullable Path mapping, MigrateOptions options) {
        return migrate(target, request(found(mapping), null, options));
    }

    @Override
    public MigrateReport migrateTable(
            String target,
            String sourceTable,
            String targetTable,
            String columns,
            MigrateOptions options) {
        StoredMapping table = new StoredMapping(sourceTable, targetTable, columns);
        return migrate(target, request(null, table, options));
    }

    private MigrateReport migrate(String target, MigrateRequest request) {
        Migration migration = new Migration(environments, listener, stop);
        return request.intent() == Intent.DRY_RUN
                ? migration.migrate(target, request)
                : onError.around("migrate", target, () -> migration.migrate(target, request));
    }

    private @Nullable MappingFile found(@Nullable Path mapping) {
        return mapping == null
                ? null
                : new MappingFile(workingDirectory.resolve(mapping), mapping.toString());
    }

    private static MigrateRequest request(
            @Nullable MappingFile mapping, @Nullable StoredMapping table, MigrateOptions options) {
        return new MigrateRequest(
                mapping,
                table,
                strategy(options.strategy()),
                options.jobs(),
                options.dryRun() ? Intent.DRY_RUN : Intent.RUN,
                options.truncateTarget() ? ForeignRows.TRUNCATE : ForeignRows.REFUSE,
                options.resync() ? Start.ANEW : Start.WHERE_IT_STOPPED,
                options.maxWal(),
                new MigrateRequest.Limits(
                        options.limits().bytesPerSecond(),
                        options.limits().standbyLag(),
                        options.limits().activeSessions()));
    }

    private static @Nullable Strategy strategy(String name) {
        if (name.equals("auto")) {
            return null;
        }
        return Arrays.stream(Strategy.values())
                .filter(strategy -> strategy.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ConfitureException(
                                        ErrorCode.USAGE,
                                        "there is no strategy " + name,
                                        "Use auto, copy or fdw."));
    }

    @Override
    public FollowReport follow(String target, FollowOptions options) {
        return onError.around(
                "follow",
                target,
                () -> new FollowPhase(environments, listener, stop).run(target, options.maxWal()));
    }

    @Override
    public VerifyReport verify(String target, VerifyOptions options) {
        VerifyScope scope =
                new VerifyScope(
                        options.tables(),
                        new Thoroughness(options.countsOnly(), options.samplePercent()),
                        options.repair() ? OnDifference.REPAIR : OnDifference.REPORT);
        return new VerifyPhase(environments, listener, stop).run(target, scope, options.maxWal());
    }

    @Override
    public CutoverReport cutover(String target, CutoverOptions options) {
        Afterwards afterwards = options.noRollback() ? Afterwards.LEAVE : Afterwards.KEEP_IN_STEP;
        return switchOver(
                Direction.FORWARD,
                target,
                new CutoverRequest(
                        options.maxPause(),
                        extent(options.dryRun(), options.rehearse()),
                        afterwards,
                        options.maxWal()));
    }

    @Override
    public CutoverReport rollback(String target, RollbackOptions options) {
        return switchOver(
                Direction.BACK,
                target,
                new CutoverRequest(
                        options.maxPause(),
                        extent(options.dryRun(), options.rehearse()),
                        Afterwards.KEEP_IN_STEP,
                        options.maxWal()));
    }

    private static Extent extent(boolean dryRun, boolean rehearse) {
        return dryRun ? Extent.DRY_RUN : rehearse ? Extent.REHEARSAL : Extent.WHOLE;
    }

    private CutoverReport switchOver(Direction direction, String target, CutoverRequest request) {
        SwitchoverPhase phase = new SwitchoverPhase(direction, environments, listener, stop);
        return request.extent() == Extent.DRY_RUN
                ? phase.run(target, request)
                : onError.around(direction.command(), target, () -> phase.run(target, request));
    }

    @Override
    public StatusReport status(String target) {
        return new StatusPhase(environments, listener).run(target);
    }

    @Override
    public CleanupReport cleanup(String target, boolean force) {
        return new CleanupPhase(environments, listener, stop)
                .run(target, force ? Incomplete.FORCE : Incomplete.REFUSE);
    }
}
