package dev.confiture.ledger;

/** To which side a switchover brings the application. */
public enum Direction {
    /** From the source to the target: cutover. */
    FORWARD("cutover"),
    /** Back to the source: rollback. */
    BACK("rollback");

    private final String command;

    Direction(String command) {
        this.command = command;
    }

    /** The command that does it. */
    public String command() {
        return command;
    }

    /** The other one. */
    public Direction opposite() {
        return this == FORWARD ? BACK : FORWARD;
    }

    /** The phase in which it may begin. */
    public Phase before() {
        return this == FORWARD ? Phase.FOLLOWING : Phase.CUT_OVER;
    }

    /** The phase that its decision leads to. */
    public Phase after() {
        return this == FORWARD ? Phase.CUT_OVER : Phase.FOLLOWING;
    }
}
