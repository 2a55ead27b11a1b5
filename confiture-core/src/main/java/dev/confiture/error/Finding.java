package dev.confiture.error;

/**
 * Something a check found in the user's databases or mapping. A finding is data, not a failure of
 * the check.
 *
 * @param subject the table, column or object that it is about, for people
 * @param message what is wrong and what will happen
 * @param remedy what to do, with the statement to run where there is one
 */
public record Finding(Severity severity, String subject, String message, String remedy) {
    /** Whether the migration can go on. */
    public enum Severity {
        /** A migration would fail or lose data. */
        BLOCKER,
        /** A person should decide; the migration can go on. */
        WARNING,
        /** Worth knowing. */
        NOTE
    }
}
