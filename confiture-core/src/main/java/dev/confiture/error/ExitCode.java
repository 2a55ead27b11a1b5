package dev.confiture.error;

/** The exit codes of every command, as documented; the number is part of the interface. */
public enum ExitCode {
    DONE(0, "done"),
    DIFFERENCE(
            1,
            "a difference between the databases, a finding that stops the migration, or a hook of"
                    + " yours that failed"),
    USAGE(2, "wrong usage of the command line"),
    CONFIGURATION(3, "something is wrong in an environment file or in the mapping"),
    WRONG_PHASE(4, "the migration is not in a phase that allows this command"),
    SOURCE(5, "the source database failed, or does not fit"),
    TARGET(6, "the target database failed, or does not fit"),
    CUTOVER_ABORTED(7, "the cutover or the rollback was given up and nothing was changed"),
    BUG(70, "a bug in Confiture"),
    /**
     * What a shell reports for a process that ended because of SIGINT; the same command may be run
     * again.
     */
    INTERRUPTED(130, "stopped by a signal");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** What the number says, for people: a phrase without a full stop. */
    public String meaning() {
        return meaning;
    }
}
