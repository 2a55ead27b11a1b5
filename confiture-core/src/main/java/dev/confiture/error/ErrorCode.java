package dev.confiture.error;

/**
 * The stable name of every way in which a command can fail. The name appears in the JSON output;
 * {@link #exitCode()} is what the process ends with.
 */
public enum ErrorCode {
    USAGE(ExitCode.USAGE),
    CONFIGURATION(ExitCode.CONFIGURATION),
    MAPPING(ExitCode.CONFIGURATION),
    COLUMN_NOT_FOUND(ExitCode.CONFIGURATION),
    TABLE_NOT_FOUND(ExitCode.CONFIGURATION),
    NOT_SET_UP(ExitCode.WRONG_PHASE),
    WRONG_PHASE(ExitCode.WRONG_PHASE),
    ALREADY_RUNNING(ExitCode.WRONG_PHASE),
    SOURCE_UNREACHABLE(ExitCode.SOURCE),
    SOURCE_FAILED(ExitCode.SOURCE),
    SOURCE_UNSUPPORTED(ExitCode.SOURCE),
    SOURCE_CHANGED(ExitCode.SOURCE),
    /** The replication slot cannot send all changes any more; the rows must be copied anew. */
    SLOT_LOST(ExitCode.SOURCE),
    /** The slot held more WAL on the source than was allowed, and was dropped. */
    WAL_BUDGET_SPENT(ExitCode.SOURCE),
    /** A row of the new database does not fit into the old one, which is no longer in step. */
    WAY_BACK_ENDED(ExitCode.SOURCE),
    TARGET_UNREACHABLE(ExitCode.TARGET),
    TARGET_FAILED(ExitCode.TARGET),
    TARGET_UNSUPPORTED(ExitCode.TARGET),
    TARGET_NOT_EMPTY(ExitCode.TARGET),
    FDW_MISSING(ExitCode.TARGET),
    FDW_LINK_FAILED(ExitCode.TARGET),
    ROW_COUNT_MISMATCH(ExitCode.DIFFERENCE),
    /** As many rows as there should be, but not the same. */
    ROWS_DIFFER(ExitCode.DIFFERENCE),
    /** Rows of the target share a key that a deferrable unique constraint forbids. */
    DUPLICATE_ROWS(ExitCode.DIFFERENCE),
    /** A sequence of the target will give a value that its column has already. */
    SEQUENCE_BEHIND(ExitCode.DIFFERENCE),
    /** Rows of the target refer to rows that do not exist. */
    ORPHANED_ROWS(ExitCode.DIFFERENCE),
    /** Analyze found something that would make a migration fail or lose data. */
    BLOCKER_FOUND(ExitCode.DIFFERENCE),
    /** The switch to the other side was given up, and everything is as before. */
    CUTOVER_ABORTED(ExitCode.CUTOVER_ABORTED),
    /** A command of the user's that is called during a switch failed, or took too long. */
    HOOK_FAILED(ExitCode.DIFFERENCE),
    INTERRUPTED(ExitCode.INTERRUPTED),
    INTERNAL(ExitCode.BUG);

    private final ExitCode exitCode;

    ErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
