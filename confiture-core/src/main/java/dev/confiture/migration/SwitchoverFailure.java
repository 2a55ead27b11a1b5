package dev.confiture.migration;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.ledger.Direction;
import java.util.Set;

/**
 * What the user is told when a switchover has failed after something was made for it. Only what was
 * undone says that nothing was changed.
 */
final class SwitchoverFailure {
    /** These say all that there is to say by themselves. */
    private static final Set<ErrorCode> CLEAR =
            Set.of(ErrorCode.CUTOVER_ABORTED, ErrorCode.INTERRUPTED, ErrorCode.WAY_BACK_ENDED);

    private static final long MEGABYTE = 1 << 20;

    private SwitchoverFailure() {}

    /**
     * The slot is not dropped because of {@code --max-wal}, as {@code follow} would do: with it
     * would go the changes that the user is about to bring over, and for good those of a way back.
     */
    static RuntimeException keepingSlot(
            Direction direction, CutoverRequest request, String slot, RuntimeException failure) {
        if (!(failure instanceof ConfitureException known)
                || known.code() != ErrorCode.WAL_BUDGET_SPENT) {
            return failure;
        }
        return new ConfitureException(
                ErrorCode.CUTOVER_ABORTED,
                "the "
                        + direction.command()
                        + " was given up, and nothing was changed: the "
                        + left(direction)
                        + " keeps more WAL for this migration than the "
                        + Math.ceilDiv(request.maxWal(), MEGABYTE)
                        + " MB of --max-wal",
                "The replication slot "
                        + slot
                        + " is kept, and no change is lost: run it again with a larger --max-wal."
                        + " `follow` would drop the slot if it holds more than the --max-wal of"
                        + " that.",
                known);
    }

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

    /** Neither undone nor completed. */
    private static final class Unfinished extends ConfitureException {
        private static final long serialVersionUID = 1L;

        Unfinished(ErrorCode code, String message, String hint, RuntimeException cause) {
            super(code, message, hint, cause);
        }
    }

    /** It is not decided, and could not be undone yet. */
    static ConfitureException notUndone(Direction direction, RuntimeException failure) {
        return new Unfinished(
                code(failure, left(direction)),
                "the " + direction.command() + " could not be undone yet: " + failure.getMessage(),
                "The "
                        + left(direction)
                        + " may refuse writes until then. "
                        + ends(direction)
                        + own(failure),
                failure);
    }

    /** It is decided, and could not be completed yet. */
    static ConfitureException notCompleted(Direction direction, RuntimeException failure) {
        return new Unfinished(
                code(failure, next(direction)),
                "the "
                        + direction.command()
                        + " is decided, but could not be completed yet: "
                        + failure.getMessage(),
                "From now on the application writes to the "
                        + next(direction)
                        + ", which may refuse it until then. "
                        + ends(direction)
                        + own(failure),
                failure);
    }

    /**
     * It failed, and could not be settled yet either.
     *
     * @param second why not
     */
    static ConfitureException unsettled(
            Direction direction, RuntimeException failure, RuntimeException second) {
        String hint =
                second instanceof Unfinished unfinished
                        ? unfinished.hint()
                        : "Whether it was decided stands in the target's ledger; until it is ended"
                                + " both databases may refuse writes. "
                                + ends(direction)
                                + own(second);
        ConfitureException unsettled =
                new ConfitureException(
                        code(second, left(direction)),
                        "the "
                                + direction.command()
                                + " failed: "
                                + reason(failure)
                                + "; "
                                + second.getMessage(),
                        hint,
                        failure);
        unsettled.addSuppressed(second);
        return unsettled;
    }

    /** Most of what fails before the decision says how it ends: not so this time. */
    private static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage())
                .replace("; nothing was changed, and the application goes on", "")
                .replace("; nothing was changed", "");
    }

    /** What ends it without beginning another. */
    static String settling(Direction direction) {
        return "confiture s2s " + direction.command() + " --target TARGET --dry-run";
    }

    private static String ends(Direction direction) {
        return "As soon as both databases can be reached, `"
                + settling(direction)
                + "` ends what was begun.";
    }

    private static String own(RuntimeException failure) {
        String hint = failure instanceof ConfitureException known ? known.hint() : null;
        return hint == null ? "" : "\n" + hint;
    }

    /** Exit code 7 would say that nothing was changed. */
    private static ErrorCode code(RuntimeException failure, String side) {
        ErrorCode code =
                failure instanceof ConfitureException known ? known.code() : ErrorCode.INTERNAL;
        if (code != ErrorCode.CUTOVER_ABORTED) {
            return code;
        }
        return side.equals("source") ? ErrorCode.SOURCE_FAILED : ErrorCode.TARGET_FAILED;
    }

    private static String left(Direction direction) {
        return direction == Direction.FORWARD ? "source" : "target";
    }

    private static String next(Direction direction) {
        return left(direction.opposite());
    }
}
