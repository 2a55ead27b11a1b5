package dev.confiture.postgres;

/** Which state of the source a chunk is read from. */
public interface SourceSnapshot {
    /** Runs the work in a read-only transaction of the session that sees this state. */
    <T> T read(Session session, Session.Work<T> work);

    /** Two snapshots of one name see the same rows. */
    String name();
}
