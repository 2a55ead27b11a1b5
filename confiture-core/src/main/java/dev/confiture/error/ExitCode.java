package dev.confiture.error;

/** The exit codes of every command, as documented; the number is part of the interface. */
public enum ExitCode {
    DONE(0),
    DIFFERENCE(1),
    USAGE(2),
    CONFIGURATION(3),
    WRONG_PHASE(4),
    SOURCE(5),
    TARGET(6),
    CUTOVER_ABORTED(7),
    BUG(70),
    /** What a shell reports for a process that ended because of SIGINT; a stopped run can be resumed. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
