package dev.confiture.setup;

/**
 * The comment by which an object on the target is known as made by Confiture. It lives on the
 * object itself, so that cleanup tells ours from the user's even when the ledger is gone.
 */
final class Mark {
    static final String TEXT =
            "Made by Confiture for a migration; `confiture s2s cleanup` drops it.";

    private Mark() {}

    /** A mark that also remembers something of the object, such as its fingerprint. */
    static String with(String note) {
        return TEXT + " " + note;
    }
}
