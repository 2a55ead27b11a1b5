package dev.confiture.build;

/** What build does with a database in which there is something already. */
public enum WhenNotEmpty {
    REFUSE,
    /** Runs the files all the same; nothing is dropped. */
    ADD
}
