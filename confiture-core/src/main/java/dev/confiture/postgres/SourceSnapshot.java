package dev.confiture.postgres;

/** Which state of the source a chunk is read from. */
public interface SourceSnapshot {
    /** Runs the work in a read-only transaction of the session that sees this state. */
    <T> T read(Session session, Session.Work<T> work);

    /**
     * Returns when the source can no longer forget anything that was read: a transaction that
     * commits asynchronously is seen before it is safe. Called before the rows are committed.
     *
     * @param session outside a transaction
     */
    void settle(Session session);

    /** Two snapshots of one name see the same rows. */
    String name();
}
