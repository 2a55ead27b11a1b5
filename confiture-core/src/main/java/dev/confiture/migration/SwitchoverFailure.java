package dev.confiture.migration;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Direction;
import java.util.Set;

/** What the user is told when a switchover has failed after something was made for it. */
final class SwitchoverFailure {
    /** These say all that there is to say by themselves. */
    private static final Set<ErrorCode> CLEAR =
            Set.of(ErrorCode.CUTOVER_ABORTED, ErrorCode.INTERRUPTED, ErrorCode.WAY_BACK_ENDED);

    private SwitchoverFailure() {}

    /** It was undone. */
    static RuntimeException givenUp(Direction direction, RuntimeException failure) {
        if (!(failure instanceof ConfitureException known) || CLEAR.contains(known.code())) {
            return failure;
        }
        return new ConfitureException(
                ErrorCode.CUTOVER_ABORTED,
                "the "
                        + direction.command()
                        + " was given up, and nothing was changed: "
                        + known.getMessage(),
                known.hint(),
                known);
    }

    /**
     * It could not be undone yet.
     *
     * @param second why not
     */
    static ConfitureException unsettled(
            Direction direction, RuntimeException failure, RuntimeException second) {
        ConfitureException unsettled =
                new ConfitureException(
                        second instanceof ConfitureException known
                                ? known.code()
                                : ErrorCode.INTERNAL,
                        "the "
                                + direction.command()
                                + " failed, and could not be undone yet: "
                                + failure.getMessage()
                                + "; "
                                + second.getMessage(),
                        "The "
                                + (direction == Direction.FORWARD ? "source" : "target")
                                + " may refuse writes until then. As soon as both databases can be"
                                + " reached, run any Confiture command on this target, such as"
                                + " `confiture s2s "
                                + direction.command()
                                + " --dry-run`: it ends what was begun.",
                        failure);
        unsettled.addSuppressed(second);
        return unsettled;
    }
}
