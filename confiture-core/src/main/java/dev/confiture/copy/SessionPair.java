package dev.confiture.copy;

import dev.confiture.postgres.Ends;
import dev.confiture.postgres.Session;

/** A worker's sessions, one on either side. Not thread-safe. */
final class SessionPair implements AutoCloseable {
    private final Ends ends;
    private Session source;
    private Session target;

    SessionPair(Ends ends) {
        this.ends = ends;
        this.source = ends.source().openForStreams("copy");
        try {
            this.target = ends.openLinked("copy");
        } catch (RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    Session source() {
        return source;
    }

    Session target() {
        return target;
    }

    /** New sessions: a COPY that was broken off leaves the old ones of no use. */
    void renew() {
        close();
        source = ends.source().openForStreams("copy");
        target = ends.openLinked("copy");
    }

    /** Closing a session that is closed already does nothing. */
    @Override
    public void close() {
        try {
            source.close();
        } finally {
            target.close();
        }
    }
}
