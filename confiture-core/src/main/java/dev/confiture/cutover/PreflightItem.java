package dev.confiture.cutover;

/**
 * One thing that is looked at before a switchover.
 *
 * @param check what is looked at, such as {@code prepared transactions}
 * @param found what was found, for people
 * @param remedy what to do about it; empty if all is well
 */
public record PreflightItem(Verdict verdict, String check, String found, String remedy) {
    /** Whether the switchover may begin. */
    public enum Verdict {
        GOOD,
        WARNING,
        BLOCKER
    }

    public static PreflightItem good(String check, String found) {
        return new PreflightItem(Verdict.GOOD, check, found, "");
    }

    public static PreflightItem warning(String check, String found, String remedy) {
        return new PreflightItem(Verdict.WARNING, check, found, remedy);
    }

    public static PreflightItem blocker(String check, String found, String remedy) {
        return new PreflightItem(Verdict.BLOCKER, check, found, remedy);
    }

    public boolean blocks() {
        return verdict == Verdict.BLOCKER;
    }
}
