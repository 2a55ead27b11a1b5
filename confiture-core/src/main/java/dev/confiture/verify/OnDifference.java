package dev.confiture.verify;

/** What is done about rows that differ. */
public enum OnDifference {
    REPORT,
    /** They are made what the source makes them, in the transaction of the target's session. */
    REPAIR
}
