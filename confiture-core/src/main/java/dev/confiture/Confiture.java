package dev.confiture;

import dev.confiture.analyze.AnalyzeReport;
import dev.confiture.build.BuildReport;
import dev.confiture.draft.DraftReport;
import dev.confiture.draft.MappingSchema;
import dev.confiture.environment.EnvironmentLoader;
import dev.confiture.migration.CutoverReport;
import dev.confiture.migration.FollowReport;
import dev.confiture.migration.MigrateReport;
import dev.confiture.migration.StatusReport;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import dev.confiture.setup.CleanupReport;
import dev.confiture.setup.SetupReport;
import dev.confiture.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The front door: one method per command. A database is named by an environment's name, by the path
 * of an environment file or by a {@code postgresql://} DSN. Every failure is a {@link
 * dev.confiture.error.ConfitureException}.
 */
public interface Confiture {
    /** Builds the library's object graph; opens no connection yet. */
    static Confiture open(Settings settings, ProgressListener listener, StopSignal stop) {
        EnvironmentLoader environments =
                new EnvironmentLoader(
                        settings.configDirectory(),
                        settings.workingDirectory(),
                        settings.variables());
        return new FrontDoor(settings.workingDirectory(), environments, listener, stop);
    }

    BuildReport build(String environment, BuildOptions options);

    SetupReport setup(String source, String target, SetupOptions options);

    /** The JSON Schema of the mapping file, for editors. */
    static String mappingSchema() {
        return MappingSchema.text();
    }

    /** Drafts the mapping file from both schemas as they are; writes no file. */
    DraftReport draftMapping(String target);

    AnalyzeReport analyze(String target, @Nullable Path mapping, AnalyzeOptions options);

    MigrateReport migrate(String target, @Nullable Path mapping, MigrateOptions options);

    /**
     * Migrates one table; {@code columns} is {@code source:target,source:target,…}, maybe empty.
     */
    MigrateReport migrateTable(
            String target,
            String sourceTable,
            String targetTable,
            String columns,
            MigrateOptions options);

    /** Keeps the target of a live migration in step until the stop signal is given. */
    FollowReport follow(String target, FollowOptions options);

    VerifyReport verify(String target, VerifyOptions options);

    /**
     * Lets the application change from the source to the target.
     *
     * @throws dev.confiture.error.ConfitureException {@code CUTOVER_ABORTED} if it was given up;
     *     then everything is as before
     */
    CutoverReport cutover(String target, CutoverOptions options);

    /**
     * Lets the application go back from the target to the source.
     *
     * @throws dev.confiture.error.ConfitureException {@code CUTOVER_ABORTED} if it was given up;
     *     then everything is as before
     */
    CutoverReport rollback(String target, RollbackOptions options);

    /**
     * Compares every value of every row.
     *
     * @param tables target tables or entries to look at; empty means all
     */
    default VerifyReport verify(String target, List<String> tables) {
        return verify(target, new VerifyOptions(tables, false, 100, false, DEFAULT_MAX_WAL));
    }

    StatusReport status(String target);

    /**
     * @param force also while a copy is incomplete or a live migration not cut over, and without
     *     the source of a live one if that is not there
     */
    CleanupReport cleanup(String target, boolean force);

    record BuildOptions(boolean dryRun, boolean force) {}

    /**
     * @param prove whether every row that the mapping makes is held against the target's
     *     constraints
     */
    record AnalyzeOptions(boolean prove) {}

    record SetupOptions(boolean staticMode, boolean skipImport) {}

    /**
     * @param strategy {@code auto}, {@code copy} or {@code fdw}
     * @param jobs how many workers copy at the same time; 0 means as many as fit the machine
     * @param truncateTarget whether target tables with foreign rows in them are emptied
     * @param resync whether all that was copied is given up and copied anew
     * @param maxWal bytes of WAL that the source of a live migration may keep because of it
     * @param limits how the copy is held back for the source's sake
     */
    record MigrateOptions(
            String strategy,
            int jobs,
            boolean dryRun,
            boolean truncateTarget,
            boolean resync,
            long maxWal,
            CopyLimits limits) {
        /** Going on where an earlier run stopped, with the default limit of WAL. */
        public MigrateOptions(String strategy, int jobs, boolean dryRun, boolean truncateTarget) {
            this(strategy, jobs, dryRun, truncateTarget, false, DEFAULT_MAX_WAL);
        }

        /** With the default limits of the copy. */
        public MigrateOptions(
                String strategy,
                int jobs,
                boolean dryRun,
                boolean truncateTarget,
                boolean resync,
                long maxWal) {
            this(strategy, jobs, dryRun, truncateTarget, resync, maxWal, CopyLimits.DEFAULT);
        }
    }

    /**
     * How the copy is held back for the source's sake; 0 is no limit.
     *
     * @param bytesPerSecond what all workers together may move
     * @param standbyLag while a standby of the source is further behind, no chunk is begun
     * @param activeSessions while more sessions of the source are at work, no chunk is begun
     */
    record CopyLimits(long bytesPerSecond, Duration standbyLag, int activeSessions) {
        public static final CopyLimits DEFAULT = new CopyLimits(0, Duration.ofSeconds(10), 0);
    }

    /**
     * @param maxWal bytes of WAL that the source may keep because of the migration
     */
    record FollowOptions(long maxWal) {}

    /**
     * @param tables target tables or entries to look at; empty means all
     * @param countsOnly whether only numbers of rows are compared
     * @param samplePercent how much of each large table is compared; 100 is everything
     * @param repair live: whether rows that differ are made what the source makes them
     * @param maxWal bytes of WAL that the source of a live migration may keep because of it
     */
    record VerifyOptions(
            List<String> tables,
            boolean countsOnly,
            int samplePercent,
            boolean repair,
            long maxWal) {}

    /**
     * @param maxPause the longest time from the first writer that has to wait until the decision
     * @param dryRun whether it only looks
     * @param rehearse whether it takes the real locks, measures, and lets go
     * @param noRollback whether the source is left as it is, so that there is no way back
     * @param maxWal as in {@link FollowOptions}
     */
    record CutoverOptions(
            Duration maxPause, boolean dryRun, boolean rehearse, boolean noRollback, long maxWal) {}

    /** See {@link CutoverOptions}. */
    record RollbackOptions(Duration maxPause, boolean dryRun, boolean rehearse, long maxWal) {}

    /** 10 GB of WAL. */
    long DEFAULT_MAX_WAL = 10L << 30;
}
